package io.scalesrpc.benchmark;

import java.time.Duration;
import java.util.concurrent.ThreadFactory;

import io.scalesrpc.client.ClientHandle;
import io.scalesrpc.client.ScalesClients;
import io.scalesrpc.test.peer.PeerService;
import org.apache.thrift.TException;
import org.jspecify.annotations.Nullable;

/**
 * The whole stack under a generated interface. <em>Thread-safe</em>.
 *
 * @param handle the client
 * @param threads makes the threads of callers
 */
record BlockingScales(ClientHandle<PeerService.Iface> handle, ThreadFactory threads) implements BlockingEchoClient {

	static BlockingScales of(int port, ThreadFactory threads) {
		return new BlockingScales(ScalesClients.builder(PeerService.Iface.class)
			.name("echo")
			.uri("tcp://localhost:" + port)
			.timeout(Duration.ofSeconds(10))
			.build(), threads);
	}

	@Override
	public @Nullable String echo(String text) {
		try {
			return this.handle.proxy().echo(text);
		}
		catch (TException ex) {
			return null;
		}
	}

	@Override
	public void close() {
		this.handle.close();
	}

}
