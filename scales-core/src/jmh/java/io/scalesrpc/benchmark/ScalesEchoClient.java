package io.scalesrpc.benchmark;

import java.time.Duration;
import java.util.function.BiConsumer;

import io.scalesrpc.client.ClientHandle;
import io.scalesrpc.client.ScalesClients;
import io.scalesrpc.client.delivery.Callbacks;
import io.scalesrpc.observation.ObservationSettings;
import io.scalesrpc.test.peer.PeerService;
import org.jspecify.annotations.Nullable;

/**
 * The whole stack: proxy, future, deadline, requeue, balancer, resurrector, mux. <em>Thread-safe</em>.
 */
final class ScalesEchoClient implements EchoClient {

	private final ClientHandle<AsyncEcho> handle;

	private final AsyncEcho echo;

	ScalesEchoClient(int port, Callbacks callbacks) {
		this(port, callbacks, Observers.NO_REGISTRY);
	}

	ScalesEchoClient(int port, Callbacks callbacks, Observers observers) {
		this.handle = ScalesClients.builder(AsyncEcho.class)
			.name("echo")
			.service(PeerService.class)
			.uri("tcp://localhost:" + port)
			.timeout(Duration.ofSeconds(10))
			.callbacks(callbacks)
			.observations(ObservationSettings.of(observers.registry()))
			.build();
		this.echo = this.handle.proxy();
	}

	@Override
	public void echo(String text, BiConsumer<@Nullable String, @Nullable Throwable> done) {
		this.echo.echo(text).whenComplete(done);
	}

	@Override
	public void close() {
		this.handle.close();
	}

}
