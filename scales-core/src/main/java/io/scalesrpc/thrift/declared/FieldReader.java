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
 * Reads the fields of a struct, numbers into a frame of a {@link Scratch}, others into an
 * array. Fields of newer versions are passed over.
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
		long required = Arrays.stream(byId).filter(Field::required).count();
		if (required > Long.SIZE) {
			throw new IllegalArgumentException(
					name + ": " + required + " required fields (expected: at most " + Long.SIZE + ")");
		}
		for (Field field : byId) {
			this.bits[field.position()] = (field.required()) ? next : 0;
			next = (field.required()) ? next << 1 : next;
		}
		this.needed = next - 1;
	}

	private long bit(Field field) {
		return this.bits[field.position()];
	}

	/**
	 * Reads a struct.
	 * @return what did not fit, or {@code null}
	 */
	@Nullable String read(TProtocol in, Scratch scratch, int frame, @Nullable Object[] objects) throws TException {
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
			else if (readValue(in, fast, head, field, scratch, frame, objects)) {
				came |= (this.needed != 0) ? bit(field) : 0;
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

	/** The type above 16 bits of id; 0 at the end of the struct. */
	static int head(TProtocol in, @Nullable FieldProtocol fast) throws TException {
		if (fast != null) {
			return fast.readHead();
		}
		TField head = in.readFieldBegin();
		return (head.type != TType.STOP) ? head(head) : 0;
	}

	static int head(TField head) {
		return head.type << Short.SIZE | head.id & 0xffff;
	}

	static byte type(int head) {
		return (byte) (head >> Short.SIZE);
	}

	/** The most frequent types are asked for by name: a call of any type costs more. */
	static boolean readValue(TProtocol in, @Nullable FieldProtocol fast, int head, Field field, Scratch scratch,
			int frame, @Nullable Object[] objects) throws TException {
		if (field.primitive()) {
			scratch.numbers[frame + field.position()] = number(in, fast, type(head));
			return true;
		}
		WireType type = field.type();
		Object value;
		if (type == Scalar.STRING) {
			value = in.readString();
		}
		else if (type instanceof Numbered numbered) {
			value = numbered.constant((int) number(in, fast, TType.I32));
		}
		else {
			value = field.number() ? Numbers.boxed(type(head), number(in, fast, type(head))) : type.read(in);
		}
		if (value != null) {
			objects[field.position()] = value;
		}
		return value != null;
	}

	private static long number(TProtocol in, @Nullable FieldProtocol fast, byte type) throws TException {
		return (fast != null) ? fast.readNumber(type) : Numbers.read(in, type);
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
		byte type = type(head);
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
