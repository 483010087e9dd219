package io.scalesrpc.client;

import java.util.function.IntSupplier;

import io.scalesrpc.call.Reply;

/**
 * Makes a client and calls it: loaded where there is no Reactor. <em>Immutable</em>.
 */
public final class PlainCaller implements IntSupplier {

	@Override
	public int getAsInt() {
		FakeProtocol protocol = new FakeProtocol().answering((call) -> call.end(Reply.of(3)));
		try (ClientHandle<Plain> handle = ScalesClients.builder(Plain.class)
			.uri("tcp://127.0.0.1:9090")
			.protocol(protocol)
			.build()) {
			return handle.proxy().add(1, 2) + handle.proxy().addAsync(1, 2).join();
		}
	}

}
