package io.scalesrpc.thrift.connection;

/**
 * How a message is told from the next; both ends must do the same. <em>Immutable</em>.
 */
public enum ThriftTransport {

	/** Behind its length in four bytes, {@code TFramedTransport}. */
	FRAMED,

	/** Bare, as through {@code TSocket}: it ends where its structure does. */
	BUFFERED

}
