package io.scalesrpc.thrift.declared;

import java.util.Comparator;
import java.util.List;

import org.apache.thrift.TException;
import org.apache.thrift.protocol.TProtocol;
import org.apache.thrift.protocol.TProtocolException;
import org.apache.thrift.protocol.TStruct;
import org.jspecify.annotations.Nullable;

import io.scalesrpc.Internal;

/**
 * The fields of something that is a struct on the wire. Values are arrays in the order of
 * the Java code; they are written in the order of the ids, as generated code writes them.
 * <p>
 * <em>Immutable</em>.
 */
@Internal
public final class FieldSet {

	private final String name;

	private final TStruct head;

	private final Field[] fields;

	private final Field[] byId;

	private final FieldReader reader;

	FieldSet(String name, List<Field> fields) {
		this.name = name;
		this.head = new TStruct(name);
		this.fields = fields.toArray(Field[]::new);
		this.byId = fields.stream().sorted(Comparator.comparingInt(Field::id)).toArray(Field[]::new);
		this.reader = new FieldReader(name, this.byId);
	}

	/**
	 * The number of fields.
	 * @return the number, 0 or more
	 */
	public int size() {
		return this.fields.length;
	}

	TStruct head() {
		return this.head;
	}

	List<Field> fields() {
		return List.of(this.fields);
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

	/**
	 * Writes a struct with one field.
	 * @param out where to
	 * @param field counted from 0 in the order of the Java code
	 * @param value its value, or {@code null} for no field at all
	 * @throws TException if the protocol says so
	 */
	public void write(TProtocol out, int field, @Nullable Object value) throws TException {
		out.writeStructBegin(this.head);
		if (value != null) {
			write(out, this.name, this.fields[field], value);
		}
		out.writeFieldStop();
		out.writeStructEnd();
	}

	static void write(TProtocol out, String struct, Field field, @Nullable Object value) throws TException {
		if (value == null) {
			if (field.required()) {
				throw new TProtocolException(
						"Required field '" + field.name() + "' was not present! Struct: " + struct);
			}
			return;
		}
		WireType type = field.type();
		if (field.number()) {
			Numbers.write(out, field.head(), Numbers.unboxed(field.head().type, value));
			return;
		}
		if (type instanceof Numbered numbered) {
			Numbers.write(out, field.head(), numbered.number(value));
			return;
		}
		FieldProtocol fast = (out instanceof FieldProtocol one) ? one : null;
		if (fast != null) {
			fast.writeHead(field.head());
		}
		else {
			out.writeFieldBegin(field.head());
		}
		if (type == Scalar.STRING) {
			out.writeString((String) value);
		}
		else {
			type.write(out, value);
		}
		out.writeFieldEnd();
	}

	/**
	 * Reads a struct.
	 * @param in where from
	 * @return a new array with a value for each field; {@code null}, and 0 of primitives,
	 * for those that did not come
	 * @throws TException if a required field did not come, or the protocol says so
	 */
	public @Nullable Object[] read(TProtocol in) throws TException {
		Scratch scratch = Scratch.of(in);
		int frame = scratch.open(size());
		@Nullable Object[] values = new Object[size()];
		this.reader.read(in, scratch, frame, values);
		for (int i = 0; i < values.length; i++) {
			Field field = this.fields[i];
			if (field.primitive()) {
				values[i] = Numbers.boxed(field.head().type, scratch.numbers[frame + i]);
			}
		}
		scratch.close(frame);
		return values;
	}

	/**
	 * Reads a struct of which one field is of interest.
	 * @param in where from
	 * @param found told the first field that came, counted from 0 in the order of the
	 * Java code, and its value
	 * @param <R> what becomes of it
	 * @return what {@code found} returns, or {@code null} if nothing came
	 * @throws TException if a required field did not come, or the protocol says so
	 */
	public <R> @Nullable R readFirst(TProtocol in, First<R> found) throws TException {
		Scratch scratch = Scratch.of(in);
		int frame = scratch.open(size());
		@Nullable Object[] values = new Object[size()];
		this.reader.read(in, scratch, frame, values);
		R result = null;
		for (int i = 0; i < values.length && result == null; i++) {
			Object value = values[i];
			result = (value != null) ? found.of(i, value) : null;
		}
		scratch.close(frame);
		return result;
	}

	/**
	 * Reads a struct for what is wrong with it.
	 * @param in where from
	 * @return which value this side has no place for, the last of them, or {@code null}
	 * @throws TException if a required field did not come, or the protocol says so
	 */
	public @Nullable String misfit(TProtocol in) throws TException {
		Scratch scratch = Scratch.of(in);
		return this.reader.read(in, scratch, scratch.open(size()), new Object[size()]);
	}

	FieldReader reader() {
		return this.reader;
	}

	/**
	 * Is told a field.
	 *
	 * @param <R> what becomes of it
	 */
	@FunctionalInterface
	public interface First<R> {

		/**
		 * Makes something of the field.
		 * @param field counted from 0
		 * @param value its value
		 * @return the result
		 */
		R of(int field, Object value);

	}

}
