package io.scalesrpc.thrift.connection;

/**
 * The structure of a struct that stands alone, without the head of a message.
 * <em>Stateless</em>.
 *
 * @param shape the structure of what it contains
 */
record BareStruct(MessageScanner shape) implements MessageScanner {

	@Override
	public boolean message(Cursor cursor, DepthStack depthStack) {
		depthStack.pushStruct();
		return true;
	}

	@Override
	public boolean field(Cursor cursor, DepthStack depthStack) {
		return this.shape.field(cursor, depthStack);
	}

	@Override
	public boolean value(byte type, Cursor cursor, DepthStack depthStack) {
		return this.shape.value(type, cursor, depthStack);
	}

}
