package io.scalesrpc.client;

import java.util.concurrent.CompletableFuture;

/** An interface that knows nothing of Reactor. */
interface Plain {

	int add(int a, int b);

	CompletableFuture<Integer> addAsync(int a, int b);

}
