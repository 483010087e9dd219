package io.scalesrpc.thrift.declared;

import java.util.Arrays;

import org.apache.thrift.TException;
import org.apache.thrift.protocol.TField;
import org.apache.thrift.protocol.TProtocol;
import org.apache.thrift.protocol.TProtocolException;
import org.apache.thrift.protocol.TProtocolUtil;
import org.apache.thrift.protocol.TType;
import org.jspecify.annotations.Nullable;

/**
 * Reads the fields of a struct into a frame of a {@link Scratch}. Fields of newer
 * versions are passed over.
 * <p>
 * <em>Immutable</em>.
 */
final class FieldReader {

	private final String name;

	private final Field[] byId;

	/**
	 * By id: the type above 16 bits of id, as {@link FieldProtocol#readHead()} has it.
	 */
	private final int[] heads;

	private final int firstId;

	/** A bit for each required field, by its position; 0 for others. */
	private final long[] bits;

	private final long needed;

	FieldReader(String name, Field[] byId) {
		this.name = name;
		this.byId = byId;
		this.heads = Arrays.stream(byId).mapToInt((field) -> head(field.head())).toArray();
		this.firstId = (byId.length > 0) ? byId[0].id() : 0;
		this.bits = new long[byId.length];
		long next = 1;
		for (Field field : byId) {
			this.bits[field.position()] = (field.required()) ? next : 0;
			next = (field.required()) ? next << 1 : next;
		}
		this.needed = next - 1;
	}

	private long bit(Field field) {
		return this.bits[field.position()];
	}

	/** Reads a struct into a frame, and returns what did not fit, or {@code null}. */
	@Nullable String read(TProtocol in, Scratch scratch, int frame) throws TException {
		FieldProtocol fast = (in instanceof FieldProtocol one) ? one : null;
		String misfit = null;
		long came = 0;
		in.readStructBegin();
		for (int head = head(in, fast); head != 0; head = head(in, fast)) {
			Field field = find(head);
			if (field == null) {
				String known = skip(in, head);
				misfit = (known != null) ? known : misfit;
			}
			else if (readValue(in, field, scratch, frame + field.position())) {
				came |= bit(field);
			}
			else {
				misfit = field.name() + ": a value that this client does not know (expected: one of "
						+ field.type().javaType().getSimpleName() + ")";
			}
			in.readFieldEnd();
		}
		in.readStructEnd();
		if (came != this.needed) {
			throw missing(came, misfit);
		}
		return misfit;
	}

	private static int head(TProtocol in, @Nullable FieldProtocol fast) throws TException {
		if (fast != null) {
			return fast.readHead();
		}
		TField head = in.readFieldBegin();
		return (head.type != TType.STOP) ? head(head) : 0;
	}

	private static int head(TField head) {
		return head.type << Short.SIZE | head.id & 0xffff;
	}

	/** The most frequent types are asked for by name: a call of any type costs more. */
	static boolean readValue(TProtocol in, Field field, Scratch scratch, int place) throws TException {
		if (field.primitive()) {
			scratch.numbers[place] = Numbers.read(in, field.head().type);
			return true;
		}
		WireType type = field.type();
		Object value = (type == Scalar.STRING) ? in.readString() : type.read(in);
		if (value != null) {
			scratch.objects[place] = value;
		}
		return value != null;
	}

	private TProtocolException missing(long came, @Nullable String misfit) {
		String first = Arrays.stream(this.byId)
			.filter((field) -> (bit(field) & ~came) != 0)
			.map(Field::name)
			.findFirst()
			.orElse("");
		return new TProtocolException("Required field '" + first + "' was not found in serialized data! Struct: "
				+ this.name + ((misfit != null) ? ", " + misfit : ""));
	}

	/** Skips a field that there is not, or whose type is another: then says so. */
	private @Nullable String skip(TProtocol in, int head) throws TException {
		byte type = (byte) (head >> Short.SIZE);
		TProtocolUtil.skip(in, type);
		for (Field field : this.byId) {
			if (field.id() == (short) head) {
				return field.name() + ": Thrift type " + type + " (expected: " + field.type().id() + ")";
			}
		}
		return null;
	}

	/** Most ids follow each other. */
	private @Nullable Field find(int head) {
		int likely = (short) head - this.firstId;
		if (likely >= 0 && likely < this.heads.length && this.heads[likely] == head) {
			return this.byId[likely];
		}
		for (int i = 0; i < this.heads.length; i++) {
			if (this.heads[i] == head) {
				return this.byId[i];
			}
		}
		return null;
	}

}
