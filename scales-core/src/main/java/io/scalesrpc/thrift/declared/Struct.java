package io.scalesrpc.thrift.declared;

import org.apache.thrift.TException;
import org.apache.thrift.protocol.TProtocol;
import org.apache.thrift.protocol.TProtocolException;
import org.apache.thrift.protocol.TStruct;
import org.apache.thrift.protocol.TType;
import org.jspecify.annotations.Nullable;

/**
 * A record, or another class with one constructor, that is a struct or an exception.
 * <p>
 * <em>Immutable</em> once it is opened: structs may hold themselves.
 */
final class Struct implements WireType {

	private final Class<?> type;

	private @Nullable Shape shape;

	Struct(Class<?> type) {
		this.type = type;
	}

	/** Ends making it. */
	void open(FieldSet fields, RecordCode code) {
		this.shape = new Shape(fields, code);
	}

	FieldSet fields() {
		return shape().fields;
	}

	private Shape shape() {
		Shape opened = this.shape;
		if (opened == null) {
			throw new IllegalStateException(this.type.getName() + ": used before it was made");
		}
		return opened;
	}

	@Override
	public byte id() {
		return TType.STRUCT;
	}

	@Override
	public String idl() {
		return this.type.getSimpleName();
	}

	@Override
	public Class<?> javaType() {
		return this.type;
	}

	@Override
	public void write(TProtocol out, Object value) throws TException {
		Shape opened = shape();
		write(out, opened.fields.head(), this.type, opened.code, value);
	}

	static void write(TProtocol out, TStruct head, Class<?> type, RecordCode code, Object value) throws TException {
		out.writeStructBegin(head);
		try {
			code.write(out, value);
		}
		catch (Throwable ex) {
			throw failed(type, ex);
		}
		out.writeFieldStop();
		out.writeStructEnd();
	}

	@Override
	public Object read(TProtocol in) throws TException {
		Shape opened = shape();
		Scratch scratch = Scratch.of(in);
		int frame = scratch.open(opened.fields.size());
		@Nullable Object[] objects = new Object[opened.fields.size()];
		opened.fields.reader().read(in, scratch, frame, objects);
		Object made = make(this.type, opened.code, scratch, frame, objects);
		scratch.close(frame);
		return made;
	}

	static Object make(Class<?> type, RecordCode code, Scratch scratch, int frame, @Nullable Object[] objects)
			throws TException {
		scratch.base = frame;
		try {
			return code.make(scratch, objects);
		}
		catch (Throwable ex) {
			throw failed(type, ex);
		}
	}

	/** A constructor that refuses what came is like a message that cannot be read. */
	private static TException failed(Class<?> type, Throwable thrown) {
		if (thrown instanceof Error error) {
			throw error;
		}
		if (thrown instanceof TException known) {
			return known;
		}
		return new TProtocolException(TProtocolException.INVALID_DATA, type.getSimpleName() + ": " + thrown, thrown);
	}

	/**
	 * What is known once all types are.
	 *
	 * @param fields in the order of the constructor
	 * @param code writes and makes objects
	 */
	private record Shape(FieldSet fields, RecordCode code) {

	}

}
