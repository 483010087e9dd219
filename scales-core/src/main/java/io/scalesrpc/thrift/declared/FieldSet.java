package io.scalesrpc.thrift.declared;

import java.util.Comparator;
import java.util.List;

import org.apache.thrift.TException;
import org.apache.thrift.protocol.TField;
import org.apache.thrift.protocol.TProtocol;
import org.apache.thrift.protocol.TProtocolException;
import org.apache.thrift.protocol.TProtocolUtil;
import org.apache.thrift.protocol.TStruct;
import org.apache.thrift.protocol.TType;
import org.jspecify.annotations.Nullable;

/**
 * The fields of something that is a struct on the wire. Values are arrays in the order of
 * the Java code; they are written in the order of the ids, as generated code writes them.
 * <p>
 * <em>Immutable</em>.
 */
public final class FieldSet {

	private final String name;

	private final TStruct head;

	private final Field[] fields;

	private final Field[] byId;

	private final @Nullable Object[] unset;

	/** A bit for each required field, by its position; 0 for others. */
	private final long[] bits;

	private final long needed;

	FieldSet(String name, List<Field> fields) {
		this.name = name;
		this.head = new TStruct(name);
		this.fields = fields.toArray(Field[]::new);
		this.byId = fields.stream().sorted(Comparator.comparingInt(Field::id)).toArray(Field[]::new);
		this.unset = fields.stream().map(Field::unset).toArray();
		this.bits = new long[this.fields.length];
		long next = 1;
		for (Field field : fields) {
			this.bits[field.position()] = (field.required()) ? next : 0;
			next = (field.required()) ? next << 1 : next;
		}
		this.needed = next - 1;
	}

	/**
	 * The number of fields.
	 * @return the number, 0 or more
	 */
	public int size() {
		return this.fields.length;
	}

	/**
	 * The name of a field.
	 * @param field counted from 0 in the order of the Java code
	 * @return the name
	 */
	public String fieldName(int field) {
		return this.fields[field].name();
	}

	/**
	 * The number of a field on the wire.
	 * @param field counted from 0 in the order of the Java code
	 * @return the id
	 */
	public short fieldId(int field) {
		return this.fields[field].id();
	}

	/**
	 * What a field may hold.
	 * @param field counted from 0 in the order of the Java code
	 * @return a class, never primitive
	 */
	public Class<?> javaType(int field) {
		return this.fields[field].type().javaType();
	}

	/**
	 * What unset fields have.
	 * @return a new array of {@code null} and, for primitives, 0
	 */
	public @Nullable Object[] unset() {
		return this.unset.clone();
	}

	/**
	 * Writes a struct.
	 * @param out where to
	 * @param values one for each field; {@code null} is not written
	 * @throws TException if a required value is not there, or the protocol says so
	 */
	public void write(TProtocol out, @Nullable Object[] values) throws TException {
		out.writeStructBegin(this.head);
		for (Field field : this.byId) {
			write(out, this.name, field, values[field.position()]);
		}
		out.writeFieldStop();
		out.writeStructEnd();
	}

	/** The same of a struct whose fields know where their values are, by their ids. */
	void write(TProtocol out, FieldWriter[] writers, Object struct) throws TException {
		out.writeStructBegin(this.head);
		for (FieldWriter writer : writers) {
			writer.write(out, struct);
		}
		out.writeFieldStop();
		out.writeStructEnd();
	}

	static void write(TProtocol out, String struct, Field field, @Nullable Object value) throws TException {
		if (value != null) {
			out.writeFieldBegin(field.head());
			field.type().write(out, value);
			out.writeFieldEnd();
		}
		else if (field.required()) {
			throw new TProtocolException("Required field '" + field.name() + "' was not present! Struct: " + struct);
		}
	}

	/**
	 * Reads a struct.
	 * @param in where from
	 * @param values what fields that do not come have; those that come are put into it
	 * @return {@code null}, or which value this side has no place for, the last of them
	 * @throws TException if a required field did not come, or the protocol says so
	 */
	public @Nullable String read(TProtocol in, @Nullable Object[] values) throws TException {
		String misfit = null;
		long came = 0;
		in.readStructBegin();
		for (TField head = in.readFieldBegin(); head.type != TType.STOP; head = in.readFieldBegin()) {
			Field field = find(head.id);
			if (field == null) {
				TProtocolUtil.skip(in, head.type);
			}
			else if (head.type != field.type().id()) {
				TProtocolUtil.skip(in, head.type);
				misfit = field.name() + ": Thrift type " + head.type + " (expected: " + field.type().id() + ")";
			}
			else {
				Object value = field.type().read(in);
				if (value != null) {
					values[field.position()] = value;
					came |= this.bits[field.position()];
				}
				else {
					misfit = field.name() + ": a value that this client does not know (expected: one of "
							+ field.type().javaType().getSimpleName() + ")";
				}
			}
			in.readFieldEnd();
		}
		in.readStructEnd();
		if (came != this.needed) {
			throw missing(came, misfit);
		}
		return misfit;
	}

	private TProtocolException missing(long came, @Nullable String misfit) {
		int first = 0;
		while (this.bits[first] == 0 || (came & this.bits[first]) != 0) {
			first++;
		}
		return new TProtocolException("Required field '" + fieldName(first)
				+ "' was not found in serialized data! Struct: " + this.name + ((misfit != null) ? ", " + misfit : ""));
	}

	/** Most ids follow each other. */
	private @Nullable Field find(short id) {
		int first = (this.byId.length > 0) ? id - this.byId[0].id() : -1;
		if (first >= 0 && first < this.byId.length && this.byId[first].id() == id) {
			return this.byId[first];
		}
		for (Field field : this.byId) {
			if (field.id() == id) {
				return field;
			}
		}
		return null;
	}

}
