package io.scalesrpc.thrift.connection;

import org.apache.thrift.protocol.TType;

/**
 * The structure of {@code TBinaryProtocol}, strict: a message begins with the version
 * (Thrift specification, binary protocol). <em>Stateless</em>.
 */
final class BinaryScanner implements MessageScanner {

	private static final int VERSION_MASK = 0xffff0000;

	private static final int VERSION = 0x80010000;

	@Override
	public boolean message(Cursor cursor, DepthStack depthStack) {
		if (!cursor.has(8)) {
			return false;
		}
		if ((cursor.intAt(0) & VERSION_MASK) != VERSION) {
			throw new IllegalArgumentException("message version: " + Integer.toHexString(cursor.intAt(0))
					+ " (expected: " + Integer.toHexString(VERSION) + ")");
		}
		cursor.skip(8L + length(cursor.intAt(4)) + 4);
		depthStack.pushStruct();
		return true;
	}

	@Override
	public boolean field(Cursor cursor, DepthStack depthStack) {
		if (!cursor.has(1)) {
			return false;
		}
		byte type = (byte) cursor.byteAt(0);
		if (type == TType.STOP) {
			cursor.skip(1);
			depthStack.pop();
			return true;
		}
		long start = cursor.position();
		cursor.skip(3);
		if (value(type, cursor, depthStack)) {
			return true;
		}
		cursor.position(start);
		return false;
	}

	@Override
	public boolean value(byte type, Cursor cursor, DepthStack depthStack) {
		int width = width(type);
		if (width > 0) {
			cursor.skip(width);
			return true;
		}
		return switch (type) {
			case TType.STRUCT -> {
				depthStack.pushStruct();
				yield true;
			}
			case TType.STRING -> string(cursor);
			case TType.LIST, TType.SET -> list(cursor, depthStack);
			case TType.MAP -> map(cursor, depthStack);
			default -> throw new IllegalArgumentException("type: " + type + " (expected: one of Thrift's)");
		};
	}

	private static boolean string(Cursor cursor) {
		if (!cursor.has(4)) {
			return false;
		}
		cursor.skip(4L + length(cursor.intAt(0)));
		return true;
	}

	private static boolean list(Cursor cursor, DepthStack depthStack) {
		if (!cursor.has(5)) {
			return false;
		}
		container(cursor, depthStack, 5, (byte) 0);
		return true;
	}

	private static boolean map(Cursor cursor, DepthStack depthStack) {
		if (!cursor.has(6)) {
			return false;
		}
		container(cursor, depthStack, 6, (byte) cursor.byteAt(1));
		return true;
	}

	/** Values of fixed width are gone past all at once. */
	private static void container(Cursor cursor, DepthStack depthStack, int headBytes, byte second) {
		byte first = (byte) cursor.byteAt(0);
		int size = length(cursor.intAt(headBytes - 4));
		int firstWidth = width(first);
		int secondWidth = (second != 0) ? width(second) : 0;
		cursor.skip(headBytes);
		if (firstWidth > 0 && (second == 0 || secondWidth > 0)) {
			cursor.skip((long) size * (firstWidth + secondWidth));
		}
		else {
			depthStack.pushContainer(size, first, second);
		}
	}

	private static int length(int declared) {
		if (declared < 0) {
			throw new IllegalArgumentException("declared size: " + declared + " (expected: >= 0)");
		}
		return declared;
	}

	/** The bytes of a value, or 0 where they differ. */
	private static int width(byte type) {
		return switch (type) {
			case TType.BOOL, TType.BYTE -> 1;
			case TType.I16 -> 2;
			case TType.I32 -> 4;
			case TType.I64, TType.DOUBLE -> 8;
			case TType.UUID -> 16;
			default -> 0;
		};
	}

}
