package io.scalesrpc.thrift.declared;

import org.apache.thrift.TException;
import org.apache.thrift.protocol.TField;
import org.apache.thrift.protocol.TProtocol;
import org.apache.thrift.protocol.TType;

/**
 * Numbers that are not boxed: all are a {@code long}, a {@code bool} 0 or 1, a
 * {@code double} its bits. <em>Thread-safe</em>.
 */
final class Numbers {

	private Numbers() {
	}

	/** Writes a field. */
	static void write(TProtocol out, TField head, long value) throws TException {
		if (out instanceof FieldProtocol fast) {
			fast.writeNumber(head, value);
			return;
		}
		out.writeFieldBegin(head);
		switch (head.type) {
			case TType.BOOL -> out.writeBool(value != 0);
			case TType.BYTE -> out.writeByte((byte) value);
			case TType.I16 -> out.writeI16((short) value);
			case TType.I32 -> out.writeI32((int) value);
			case TType.I64 -> out.writeI64(value);
			default -> out.writeDouble(Double.longBitsToDouble(value));
		}
		out.writeFieldEnd();
	}

	/** Reads a value of a type. */
	static long read(TProtocol in, byte type) throws TException {
		return switch (type) {
			case TType.BOOL -> in.readBool() ? 1 : 0;
			case TType.BYTE -> in.readByte();
			case TType.I16 -> in.readI16();
			case TType.I32 -> in.readI32();
			case TType.I64 -> in.readI64();
			default -> Double.doubleToRawLongBits(in.readDouble());
		};
	}

	/** The value of an object of the class for the type. */
	static long unboxed(byte type, Object value) {
		return switch (type) {
			case TType.BOOL -> ((Boolean) value) ? 1 : 0;
			case TType.BYTE -> (Byte) value;
			case TType.I16 -> (Short) value;
			case TType.I32 -> (Integer) value;
			case TType.I64 -> (Long) value;
			default -> Double.doubleToLongBits((Double) value);
		};
	}

	/** As an object of the class for the type. */
	static Object boxed(byte type, long value) {
		return switch (type) {
			case TType.BOOL -> value != 0;
			case TType.BYTE -> (byte) value;
			case TType.I16 -> (short) value;
			case TType.I32 -> (int) value;
			case TType.I64 -> value;
			default -> Double.longBitsToDouble(value);
		};
	}

}
