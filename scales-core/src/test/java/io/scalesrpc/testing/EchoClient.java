package io.scalesrpc.testing;

import java.util.concurrent.CompletableFuture;

/**
 * A free-form interface of a Thrift service that echoes. Implementations are
 * <em>thread-safe</em>.
 */
public interface EchoClient {

	/** Gives the text back. */
	String echo(String text);

	/** Gives the text back, later. */
	CompletableFuture<String> echoAsync(String text);

}
