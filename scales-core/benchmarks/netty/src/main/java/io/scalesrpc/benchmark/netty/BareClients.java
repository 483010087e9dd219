package io.scalesrpc.benchmark.netty;

import java.util.List;
import java.util.function.BiConsumer;

import io.scalesrpc.benchmark.load.AsyncEchoClient;
import io.scalesrpc.benchmark.load.BlockingEchoClient;
import io.scalesrpc.benchmark.load.Client;
import io.scalesrpc.benchmark.load.EchoClient;
import org.jspecify.annotations.Nullable;

/**
 * Clients of bare Netty. <em>Stateless</em>.
 */
public final class BareClients {

	private BareClients() {
	}

	/**
	 * Runs a client.
	 * @param args as {@link Client#runFleet} has them
	 */
	public static void main(String[] args) throws Exception {
		Client.runFleet(args, BareClients::create);
	}

	/** One connection a server, unless others are known to have fewer in use. */
	private static EchoClient create(String name, List<Integer> ports, int connections) throws InterruptedException {
		int used = (connections > 0) ? Math.min(connections, ports.size()) : ports.size();
		BareClient client = new BareClient(ports.subList(0, used));
		BlockingEchoClient blocking = client::echoAndWait;
		return switch (name) {
			case "bare" -> new Futures(client);
			case "bare-blocking" -> blocking;
			case "bare-virtual" -> blocking.onVirtualThreads();
			default -> throw Client.unknown(name);
		};
	}

	/**
	 * By futures. <em>Thread-safe</em>.
	 *
	 * @param client the client
	 */
	private record Futures(BareClient client) implements AsyncEchoClient {

		@Override
		public void echo(String text, BiConsumer<@Nullable String, @Nullable Throwable> done) {
			this.client.echo(text).whenComplete(done);
		}

		@Override
		public int connections() {
			return this.client.connections();
		}

	}

}
