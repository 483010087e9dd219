package io.scalesrpc.thrift.connection;

/**
 * The structure of messages in one encoding. Each method goes past one thing, or leaves
 * the cursor where it is if not enough of it has come; what it contains it pushes to be
 * gone past later. What cannot be in a message is an {@link IllegalArgumentException}.
 * Implementations are <em>stateless</em>.
 */
interface MessageScanner {

	/** The head of a message, whose body is pushed. */
	boolean message(Cursor cursor, DepthStack depthStack);

	/** A field of a struct, or its end, which is popped. */
	boolean field(Cursor cursor, DepthStack depthStack);

	/** A value in a container. */
	boolean value(byte type, Cursor cursor, DepthStack depthStack);

}
