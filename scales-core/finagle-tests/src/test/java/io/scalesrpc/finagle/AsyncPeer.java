package io.scalesrpc.finagle;

import java.util.concurrent.CompletableFuture;

/** The peer service without waiting. <em>Thread-safe</em>. */
public interface AsyncPeer {

	/** Gives the text back. */
	CompletableFuture<String> echo(String s);

	/** Answers after so many milliseconds. */
	CompletableFuture<Integer> sleep(int ms);

	/** Tells the port of the server. */
	CompletableFuture<Integer> whoami();

}
