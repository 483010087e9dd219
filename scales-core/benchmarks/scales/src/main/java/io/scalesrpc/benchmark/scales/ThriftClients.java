package io.scalesrpc.benchmark.scales;

import java.time.Duration;
import java.util.function.BiConsumer;

import io.scalesrpc.benchmark.load.AsyncEchoClient;
import io.scalesrpc.benchmark.load.BlockingEchoClient;
import io.scalesrpc.benchmark.load.Client;
import io.scalesrpc.benchmark.load.EchoClient;
import io.scalesrpc.benchmark.thrift.EchoService;
import io.scalesrpc.client.ClientBuilder;
import io.scalesrpc.client.ClientHandle;
import io.scalesrpc.client.ScalesClients;
import io.scalesrpc.client.delivery.Callbacks;
import io.scalesrpc.observation.ObservationSettings;
import io.scalesrpc.thrift.connection.ThriftProtocol;
import org.jspecify.annotations.Nullable;

/**
 * Scales over ThriftMux and over framed Thrift. <em>Stateless</em>.
 */
public final class ThriftClients {

	private ThriftClients() {
	}

	/**
	 * Runs a client.
	 * @param args as {@link Client#run} has them
	 */
	public static void main(String[] args) throws Exception {
		Client.run(args, ThriftClients::create);
	}

	private static EchoClient create(String name, int port, int concurrency) {
		return switch (name) {
			case "scales" -> async(port, Callbacks.EXECUTOR);
			case "scales-event-loop" -> async(port, Callbacks.EVENT_LOOP);
			case "scales-blocking" -> blocking(builder(EchoService.Iface.class, port));
			case "scales-virtual" -> blocking(builder(EchoService.Iface.class, port)).onVirtualThreads();
			case "scales-framed" ->
				new Futures(framed(AsyncEcho.class, port, false).service(EchoService.class).build());
			case "scales-pipelined" ->
				new Futures(framed(AsyncEcho.class, port, true).service(EchoService.class).build());
			case "scales-framed-blocking" -> blocking(framed(EchoService.Iface.class, port, false));
			case "scales-pipelined-blocking" -> blocking(framed(EchoService.Iface.class, port, true));
			default -> throw Client.unknown(name);
		};
	}

	private static <T> ClientBuilder<T> builder(Class<T> type, int port) {
		return ScalesClients.builder(type).name("echo").uri("tcp://localhost:" + port).timeout(Duration.ofSeconds(10));
	}

	private static EchoClient async(int port, Callbacks callbacks) {
		return new Futures(builder(AsyncEcho.class, port).service(EchoService.class).callbacks(callbacks).build());
	}

	/**
	 * The default client, whose calls are observed.
	 * @param port of the server of mux
	 * @param observations who is told of them
	 * @return the client
	 */
	public static EchoClient async(int port, ObservationSettings observations) {
		return new Futures(
				builder(AsyncEcho.class, port).service(EchoService.class).observations(observations).build());
	}

	private static <T> ClientBuilder<T> framed(Class<T> type, int port, boolean pipelined) {
		return builder(type, port).protocol(new ThriftProtocol()).option("pipeline", String.valueOf(pipelined));
	}

	private static BlockingEchoClient blocking(ClientBuilder<EchoService.Iface> builder) {
		ClientHandle<EchoService.Iface> handle = builder.build();
		return handle.proxy()::echo;
	}

	/**
	 * By futures. <em>Thread-safe</em>.
	 *
	 * @param echo the proxy
	 */
	private record Futures(AsyncEcho echo) implements AsyncEchoClient {

		Futures(ClientHandle<AsyncEcho> handle) {
			this(handle.proxy());
		}

		@Override
		public void echo(String text, BiConsumer<@Nullable String, @Nullable Throwable> done) {
			this.echo.echo(text).whenComplete(done);
		}

	}

}
