package io.scalesrpc.thrift.declared;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

import org.apache.thrift.TException;
import org.apache.thrift.protocol.TProtocol;
import org.apache.thrift.protocol.TType;
import org.jspecify.annotations.Nullable;

/**
 * The types that hold no others. <em>Immutable</em>.
 */
enum Scalar implements WireType {

	/** {@code bool}. */
	BOOL(TType.BOOL, "bool", Boolean.class, TProtocol::writeBool, TProtocol::readBool),

	/** {@code i8}. */
	I8(TType.BYTE, "i8", Byte.class, TProtocol::writeByte, TProtocol::readByte),

	/** {@code i16}. */
	I16(TType.I16, "i16", Short.class, TProtocol::writeI16, TProtocol::readI16),

	/** {@code i32}. */
	I32(TType.I32, "i32", Integer.class, TProtocol::writeI32, TProtocol::readI32),

	/** {@code i64}. */
	I64(TType.I64, "i64", Long.class, TProtocol::writeI64, TProtocol::readI64),

	/** {@code double}. */
	DOUBLE(TType.DOUBLE, "double", Double.class, TProtocol::writeDouble, TProtocol::readDouble),

	/** {@code string}. */
	STRING(TType.STRING, "string", String.class, TProtocol::writeString, TProtocol::readString),

	/** {@code binary}. */
	BINARY(TType.STRING, "binary", ByteBuffer.class, TProtocol::writeBinary, TProtocol::readBinary),

	/** {@code uuid}. */
	ID(TType.UUID, "uuid", UUID.class, TProtocol::writeUuid, TProtocol::readUuid);

	private static final Map<Class<?>, Scalar> BY_TYPE = new HashMap<>();

	static {
		for (Scalar scalar : values()) {
			BY_TYPE.put(scalar.javaType, scalar);
		}
		BY_TYPE.put(boolean.class, BOOL);
		BY_TYPE.put(byte.class, I8);
		BY_TYPE.put(short.class, I16);
		BY_TYPE.put(int.class, I32);
		BY_TYPE.put(long.class, I64);
		BY_TYPE.put(double.class, DOUBLE);
	}

	private final byte id;

	private final String idl;

	private final Class<?> javaType;

	private final Writer<Object> writer;

	private final Reader<?> reader;

	@SuppressWarnings("unchecked")
	<T> Scalar(byte id, String idl, Class<T> javaType, Writer<T> writer, Reader<T> reader) {
		this.id = id;
		this.idl = idl;
		this.javaType = javaType;
		this.writer = (Writer<Object>) writer;
		this.reader = reader;
	}

	static @Nullable Scalar of(Class<?> type) {
		return BY_TYPE.get(type);
	}

	@Override
	public byte id() {
		return this.id;
	}

	@Override
	public String idl() {
		return this.idl;
	}

	@Override
	public Class<?> javaType() {
		return this.javaType;
	}

	@Override
	public void write(TProtocol out, Object value) throws TException {
		this.writer.write(out, value);
	}

	@Override
	public Object read(TProtocol in) throws TException {
		return this.reader.read(in);
	}

	/** Writes values of one class. */
	private interface Writer<T> {

		void write(TProtocol out, T value) throws TException;

	}

	/** Reads values of one class. */
	private interface Reader<T> {

		T read(TProtocol in) throws TException;

	}

}
