package io.scalesrpc.benchmark;

import java.util.concurrent.CountDownLatch;

import io.scalesrpc.client.Callbacks;

/**
 * One client against one server, in a process of its own so that its processor time is its own: warms up, measures, prints
 * a line. <em>Stateless</em>.
 */
public final class EchoClientMain {

	private static final int CONCURRENCY = 64;

	private EchoClientMain() {
	}

	/**
	 * Runs the load.
	 * @param args {@code bare-netty}, {@code scales-executor} or {@code scales-event-loop}; the server's port; calls to warm up
	 * with; calls to measure
	 */
	public static void main(String[] args) throws InterruptedException {
		int port = Integer.parseInt(args[1]);
		try (EchoClient client = client(args[0], port)) {
			warmUp(client, Integer.parseInt(args[2]));
			int calls = Integer.parseInt(args[3]);
			for (int round = 0; round < 3; round++) {
				System.out.println(EchoLoad.run(client, calls, CONCURRENCY).line(args[0]));
			}
		}
	}

	private static void warmUp(EchoClient client, int calls) throws InterruptedException {
		CountDownLatch connected = new CountDownLatch(1);
		client.echo("hello", (answer, failure) -> connected.countDown());
		connected.await();
		EchoLoad.run(client, calls, CONCURRENCY);
	}

	private static EchoClient client(String name, int port) throws InterruptedException {
		return switch (name) {
			case "bare-netty" -> new BareNettyClient(port);
			case "scales-executor" -> new ScalesEchoClient(port, Callbacks.EXECUTOR);
			case "scales-event-loop" -> new ScalesEchoClient(port, Callbacks.EVENT_LOOP);
			default -> throw new IllegalArgumentException(
					"client: " + name + " (expected: bare-netty, scales-executor or scales-event-loop)");
		};
	}

}
