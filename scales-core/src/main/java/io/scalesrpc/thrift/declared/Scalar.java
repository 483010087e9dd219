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
	BOOL(TType.BOOL, Boolean.class) {
		@Override
		public void write(TProtocol out, Object value) throws TException {
			out.writeBool((Boolean) value);
		}

		@Override
		public Object read(TProtocol in) throws TException {
			return in.readBool();
		}
	},

	/** {@code i8}. */
	I8(TType.BYTE, Byte.class) {
		@Override
		public void write(TProtocol out, Object value) throws TException {
			out.writeByte((Byte) value);
		}

		@Override
		public Object read(TProtocol in) throws TException {
			return in.readByte();
		}
	},

	/** {@code i16}. */
	I16(TType.I16, Short.class) {
		@Override
		public void write(TProtocol out, Object value) throws TException {
			out.writeI16((Short) value);
		}

		@Override
		public Object read(TProtocol in) throws TException {
			return in.readI16();
		}
	},

	/** {@code i32}. */
	I32(TType.I32, Integer.class) {
		@Override
		public void write(TProtocol out, Object value) throws TException {
			out.writeI32((Integer) value);
		}

		@Override
		public Object read(TProtocol in) throws TException {
			return in.readI32();
		}
	},

	/** {@code i64}. */
	I64(TType.I64, Long.class) {
		@Override
		public void write(TProtocol out, Object value) throws TException {
			out.writeI64((Long) value);
		}

		@Override
		public Object read(TProtocol in) throws TException {
			return in.readI64();
		}
	},

	/** {@code double}. */
	DOUBLE(TType.DOUBLE, Double.class) {
		@Override
		public void write(TProtocol out, Object value) throws TException {
			out.writeDouble((Double) value);
		}

		@Override
		public Object read(TProtocol in) throws TException {
			return in.readDouble();
		}
	},

	/** {@code string}. */
	STRING(TType.STRING, String.class) {
		@Override
		public void write(TProtocol out, Object value) throws TException {
			out.writeString((String) value);
		}

		@Override
		public Object read(TProtocol in) throws TException {
			return in.readString();
		}
	},

	/** {@code binary}. */
	BINARY(TType.STRING, ByteBuffer.class) {
		@Override
		public void write(TProtocol out, Object value) throws TException {
			out.writeBinary((ByteBuffer) value);
		}

		@Override
		public Object read(TProtocol in) throws TException {
			return in.readBinary();
		}
	},

	/** {@code uuid}. */
	ID(TType.UUID, UUID.class) {
		@Override
		public void write(TProtocol out, Object value) throws TException {
			out.writeUuid((UUID) value);
		}

		@Override
		public Object read(TProtocol in) throws TException {
			return in.readUuid();
		}
	};

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

	private final Class<?> javaType;

	Scalar(byte id, Class<?> javaType) {
		this.id = id;
		this.javaType = javaType;
	}

	static @Nullable Scalar of(Class<?> type) {
		return BY_TYPE.get(type);
	}

	@Override
	public byte id() {
		return this.id;
	}

	@Override
	public Class<?> javaType() {
		return this.javaType;
	}

}
