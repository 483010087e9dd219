package io.scalesrpc.thrift.connection;

/**
 * The structure of {@code TCompactProtocol} (Thrift specification, compact protocol).
 * <em>Stateless</em>.
 */
final class CompactScanner implements MessageScanner {

	private static final int PROTOCOL_ID = 0x82;

	private static final int VERSION = 1;

	private static final int TRUE = 1;

	private static final int FALSE = 2;

	private static final int BYTE = 3;

	private static final int DOUBLE = 7;

	private static final int BINARY = 8;

	private static final int LIST = 9;

	private static final int SET = 10;

	private static final int MAP = 11;

	private static final int STRUCT = 12;

	private static final int UUID = 13;

	@Override
	public boolean message(Cursor cursor, DepthStack depthStack) {
		if (!cursor.has(2)) {
			return false;
		}
		if (cursor.byteAt(0) != PROTOCOL_ID || (cursor.byteAt(1) & 0x1f) != VERSION) {
			throw new IllegalArgumentException("message begins with: " + Integer.toHexString(cursor.byteAt(0)) + " "
					+ Integer.toHexString(cursor.byteAt(1)) + " (expected: the compact protocol, version 1)");
		}
		cursor.skip(2);
		if (number(cursor) && string(cursor)) {
			depthStack.pushStruct();
			return true;
		}
		cursor.position(0);
		return false;
	}

	@Override
	public boolean field(Cursor cursor, DepthStack depthStack) {
		if (!cursor.has(1)) {
			return false;
		}
		int head = cursor.byteAt(0);
		long start = cursor.position();
		cursor.skip(1);
		if (head == 0) {
			depthStack.pop();
			return true;
		}
		int type = head & 0x0f;
		boolean longForm = (head & 0xf0) == 0;
		// The value of a truth is in the type.
		if ((!longForm || number(cursor)) && (isTruth(type) || value((byte) type, cursor, depthStack))) {
			return true;
		}
		cursor.position(start);
		return false;
	}

	@Override
	public boolean value(byte type, Cursor cursor, DepthStack depthStack) {
		return switch (type) {
			case TRUE, FALSE, BYTE -> past(cursor, 1);
			case 4, 5, 6 -> number(cursor);
			case DOUBLE -> past(cursor, 8);
			case UUID -> past(cursor, 16);
			case BINARY -> string(cursor);
			case LIST, SET -> list(cursor, depthStack);
			case MAP -> map(cursor, depthStack);
			case STRUCT -> {
				depthStack.pushStruct();
				yield true;
			}
			default -> throw new IllegalArgumentException("type: " + type + " (expected: one of compact Thrift's)");
		};
	}

	private static boolean isTruth(int type) {
		return type == TRUE || type == FALSE;
	}

	private static boolean past(Cursor cursor, int bytes) {
		cursor.skip(bytes);
		return true;
	}

	private static boolean number(Cursor cursor) {
		int bytes = cursor.varintBytes();
		cursor.skip(bytes);
		return bytes > 0;
	}

	private static boolean string(Cursor cursor) {
		int bytes = cursor.varintBytes();
		if (bytes == 0) {
			return false;
		}
		cursor.skip((long) bytes + length(cursor.varint(bytes)));
		return true;
	}

	private static boolean list(Cursor cursor, DepthStack depthStack) {
		if (!cursor.has(1)) {
			return false;
		}
		int head = cursor.byteAt(0);
		long start = cursor.position();
		cursor.skip(1);
		int size = head >> 4;
		if (size == 15) {
			int bytes = cursor.varintBytes();
			if (bytes == 0) {
				cursor.position(start);
				return false;
			}
			size = length(cursor.varint(bytes));
			cursor.skip(bytes);
		}
		depthStack.pushContainer(size, (byte) (head & 0x0f), (byte) 0);
		return true;
	}

	/** An empty map has no types. */
	private static boolean map(Cursor cursor, DepthStack depthStack) {
		int bytes = cursor.varintBytes();
		if (bytes == 0) {
			return false;
		}
		int size = length(cursor.varint(bytes));
		if (size == 0) {
			cursor.skip(bytes);
			return true;
		}
		if (!cursor.has(bytes + 1)) {
			return false;
		}
		int types = cursor.byteAt(bytes);
		cursor.skip(bytes + 1L);
		depthStack.pushContainer(size, (byte) (types >> 4), (byte) (types & 0x0f));
		return true;
	}

	private static int length(int declared) {
		if (declared < 0) {
			throw new IllegalArgumentException("declared size: " + declared + " (expected: >= 0)");
		}
		return declared;
	}

}
