package io.scalesrpc.thrift.connection;

/**
 * The structure of messages in one encoding. Each method goes past one thing, or leaves
 * the cursor where it is if not enough of it has come; what it contains it pushes to be
 * gone past later. What cannot be in a message is an {@link IllegalArgumentException}.
 * Implementations are <em>stateless</em>.
 */
interface MessageShape {

	/** The head of a message, whose body is pushed. */
	boolean message(Cursor cursor, Levels levels);

	/** A field of a struct, or its end, which is popped. */
	boolean field(Cursor cursor, Levels levels);

	/** A value in a container. */
	boolean value(byte type, Cursor cursor, Levels levels);

}
