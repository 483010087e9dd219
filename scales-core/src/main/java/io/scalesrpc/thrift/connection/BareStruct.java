package io.scalesrpc.thrift.connection;

/**
 * The structure of a struct that stands alone, without the head of a message.
 * <em>Stateless</em>.
 *
 * @param shape the structure of what it contains
 */
record BareStruct(MessageShape shape) implements MessageShape {

	@Override
	public boolean message(Cursor cursor, Levels levels) {
		levels.pushStruct();
		return true;
	}

	@Override
	public boolean field(Cursor cursor, Levels levels) {
		return this.shape.field(cursor, levels);
	}

	@Override
	public boolean value(byte type, Cursor cursor, Levels levels) {
		return this.shape.value(type, cursor, levels);
	}

}
