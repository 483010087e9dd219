package io.scalesrpc.thrift.declared;

import java.lang.invoke.MethodHandle;

import org.apache.thrift.TException;
import org.apache.thrift.protocol.TProtocol;
import org.apache.thrift.protocol.TProtocolException;
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
	void open(FieldSet fields, MethodHandle constructor, FieldWriter[] writers) {
		this.shape = new Shape(fields, constructor, writers);
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
	public Class<?> javaType() {
		return this.type;
	}

	@Override
	public void write(TProtocol out, Object value) throws TException {
		Shape opened = shape();
		opened.fields.write(out, opened.writers, value);
	}

	@Override
	public Object read(TProtocol in) throws TException {
		Shape opened = shape();
		@Nullable Object[] values = opened.fields.unset();
		opened.fields.read(in, values);
		try {
			return opened.constructor.invokeExact(values);
		}
		catch (Throwable ex) {
			throw failed(this.type, ex);
		}
	}

	/** A constructor that refuses what came is like a message that cannot be read. */
	static TException failed(Class<?> type, Throwable thrown) {
		if (thrown instanceof Error error) {
			throw error;
		}
		return new TProtocolException(TProtocolException.INVALID_DATA, type.getSimpleName() + ": " + thrown, thrown);
	}

	/**
	 * What is known once all types are.
	 *
	 * @param fields in the order of the constructor
	 * @param constructor takes an array
	 * @param writers in the order of the ids
	 */
	private record Shape(FieldSet fields, MethodHandle constructor, FieldWriter[] writers) {

	}

}
