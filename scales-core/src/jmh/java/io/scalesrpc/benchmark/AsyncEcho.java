package io.scalesrpc.benchmark;

import java.util.concurrent.CompletableFuture;

/** The peer service's echo as a free-form interface. <em>Thread-safe</em>. */
public interface AsyncEcho {

	/**
	 * Sends a text and gets it back.
	 * @param s the text
	 * @return the same text
	 */
	CompletableFuture<String> echo(String s);

}
