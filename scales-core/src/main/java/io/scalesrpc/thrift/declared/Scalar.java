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
	BOOL(TType.BOOL, "bool", Boolean.class),

	/** {@code i8}. */
	I8(TType.BYTE, "i8", Byte.class),

	/** {@code i16}. */
	I16(TType.I16, "i16", Short.class),

	/** {@code i32}. */
	I32(TType.I32, "i32", Integer.class),

	/** {@code i64}. */
	I64(TType.I64, "i64", Long.class),

	/** {@code double}. */
	DOUBLE(TType.DOUBLE, "double", Double.class),

	/** {@code string}. */
	STRING(TType.STRING, "string", String.class),

	/** {@code binary}. */
	BINARY(TType.STRING, "binary", ByteBuffer.class),

	/** {@code uuid}. */
	ID(TType.UUID, "uuid", UUID.class);

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

	Scalar(byte id, String idl, Class<?> javaType) {
		this.id = id;
		this.idl = idl;
		this.javaType = javaType;
	}

	/** Whether values are what {@link Numbers} knows. */
	boolean isNumber() {
		return this.ordinal() <= DOUBLE.ordinal();
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
		switch (this) {
			case BOOL -> out.writeBool((Boolean) value);
			case I8 -> out.writeByte((Byte) value);
			case I16 -> out.writeI16((Short) value);
			case I32 -> out.writeI32((Integer) value);
			case I64 -> out.writeI64((Long) value);
			case DOUBLE -> out.writeDouble((Double) value);
			case STRING -> out.writeString((String) value);
			case BINARY -> out.writeBinary((ByteBuffer) value);
			case ID -> out.writeUuid((UUID) value);
		}
	}

	@Override
	public Object read(TProtocol in) throws TException {
		return switch (this) {
			case BOOL -> in.readBool();
			case I8 -> in.readByte();
			case I16 -> in.readI16();
			case I32 -> in.readI32();
			case I64 -> in.readI64();
			case DOUBLE -> in.readDouble();
			case STRING -> in.readString();
			case BINARY -> in.readBinary();
			case ID -> in.readUuid();
		};
	}

}
