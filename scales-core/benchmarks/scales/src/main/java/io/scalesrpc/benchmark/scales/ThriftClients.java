package io.scalesrpc.benchmark.scales;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;

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
	 * @param args as {@link Client#runFleet} has them
	 */
	public static void main(String[] args) throws Exception {
		Client.runFleet(args, ThriftClients::create);
	}

	private static EchoClient create(String name, List<Integer> ports, int connections) {
		return switch (name) {
			case "scales" -> async(ports, Callbacks.EXECUTOR);
			case "scales-event-loop" -> async(ports, Callbacks.EVENT_LOOP);
			case "scales-blocking" -> blocking(builder(EchoService.Iface.class, ports));
			case "scales-virtual" -> blocking(builder(EchoService.Iface.class, ports)).onVirtualThreads();
			case "scales-framed" ->
				new Futures(framed(AsyncEcho.class, ports, false).service(EchoService.class).build());
			case "scales-pipelined" ->
				new Futures(framed(AsyncEcho.class, ports, true).service(EchoService.class).build());
			case "scales-framed-blocking" -> blocking(framed(EchoService.Iface.class, ports, false));
			case "scales-pipelined-blocking" -> blocking(framed(EchoService.Iface.class, ports, true));
			default -> throw Client.unknown(name);
		};
	}

	private static <T> ClientBuilder<T> builder(Class<T> type, List<Integer> ports) {
		String members = ports.stream().map((port) -> "localhost:" + port).collect(Collectors.joining(","));
		return ScalesClients.builder(type).name("echo").uri("tcp://" + members).timeout(Duration.ofSeconds(10));
	}

	private static EchoClient async(List<Integer> ports, Callbacks callbacks) {
		return new Futures(builder(AsyncEcho.class, ports).service(EchoService.class).callbacks(callbacks).build());
	}

	/**
	 * The default client, whose calls are observed.
	 * @param port of the server of mux
	 * @param observations who is told of them
	 * @return the client
	 */
	public static EchoClient async(int port, ObservationSettings observations) {
		return new Futures(
				builder(AsyncEcho.class, List.of(port)).service(EchoService.class).observations(observations).build());
	}

	private static <T> ClientBuilder<T> framed(Class<T> type, List<Integer> ports, boolean pipelined) {
		return builder(type, ports).protocol(new ThriftProtocol()).option("pipeline", String.valueOf(pipelined));
	}

	private static BlockingEchoClient blocking(ClientBuilder<EchoService.Iface> builder) {
		ClientHandle<EchoService.Iface> handle = builder.build();
		return new Blocking(handle, handle.proxy());
	}

	private static int connections(ClientHandle<?> handle) {
		return handle.view()
			.members()
			.stream()
			.mapToInt((member) -> Objects.requireNonNullElse(member.connections(), 0))
			.sum();
	}

	/**
	 * By threads that wait. <em>Thread-safe</em>.
	 *
	 * @param handle the client
	 * @param echo its proxy
	 */
	private record Blocking(ClientHandle<EchoService.Iface> handle, EchoService.Iface echo)
			implements BlockingEchoClient {

		@Override
		public String echo(String text) throws Exception {
			return this.echo.echo(text);
		}

		@Override
		public int connections() {
			return ThriftClients.connections(this.handle);
		}

	}

	/**
	 * By futures. <em>Thread-safe</em>.
	 *
	 * @param handle the client
	 * @param echo its proxy
	 */
	private record Futures(ClientHandle<AsyncEcho> handle, AsyncEcho echo) implements AsyncEchoClient {

		Futures(ClientHandle<AsyncEcho> handle) {
			this(handle, handle.proxy());
		}

		@Override
		public int connections() {
			return ThriftClients.connections(this.handle);
		}

		@Override
		public void echo(String text, BiConsumer<@Nullable String, @Nullable Throwable> done) {
			this.echo.echo(text).whenComplete(done);
		}

	}

}
