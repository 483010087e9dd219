package io.scalesrpc.benchmark.netty;

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
	 * @param args as {@link Client#run} has them
	 */
	public static void main(String[] args) throws Exception {
		Client.run(args, BareClients::create);
	}

	private static EchoClient create(String name, int port, int concurrency) throws InterruptedException {
		BareClient client = new BareClient(port);
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

	}

}
