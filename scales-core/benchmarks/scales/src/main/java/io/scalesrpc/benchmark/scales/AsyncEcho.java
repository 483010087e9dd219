package io.scalesrpc.benchmark.scales;

import java.util.concurrent.CompletableFuture;

/** The echo as an interface of one's own. <em>Thread-safe</em>. */
public interface AsyncEcho {

	/**
	 * Sends a text and gets it back.
	 * @param text the text
	 * @return the same text
	 */
	CompletableFuture<String> echo(String text);

}
