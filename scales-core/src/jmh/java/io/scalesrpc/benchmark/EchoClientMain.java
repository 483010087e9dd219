package io.scalesrpc.benchmark;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadFactory;

import io.scalesrpc.client.delivery.Callbacks;

/**
 * One client against one server, in a process of its own so that its processor time is its own. Reads lines of
 * {@code <seconds> <concurrency>} and answers each with what such a load cost. <em>Stateless</em>.
 */
public final class EchoClientMain {

	private EchoClientMain() {
	}

	/**
	 * Runs loads until the input ends.
	 * @param args the name of the client; the server's port
	 */
	public static void main(String[] args) throws Exception {
		BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
		try (EchoClient client = client(args[0], Integer.parseInt(args[1]))) {
			CountDownLatch connected = new CountDownLatch(1);
			client.echo("hello", (answer, failure) -> connected.countDown());
			connected.await();
			for (String line = in.readLine(); line != null; line = in.readLine()) {
				String[] words = line.split(" ");
				System.out.println(
						EchoLoad.run(client, Integer.parseInt(words[0]), Integer.parseInt(words[1])).line());
			}
		}
		System.exit(0);
	}

	private static EchoClient client(String name, int port) throws Exception {
		return switch (name) {
			case "bare" -> new BareNettyClient(port);
			case "bare-blocking" -> new Waiting(new BareNettyClient(port), Thread::new);
			case "bare-virtual" -> new Waiting(new BareNettyClient(port), virtualThreads());
			case "scales" -> new ScalesEchoClient(port, Callbacks.EXECUTOR);
			case "scales-timed" -> new ScalesEchoClient(port, Callbacks.EXECUTOR, Observers.TIMER);
			case "scales-traced-unsampled" ->
				new ScalesEchoClient(port, Callbacks.EXECUTOR, Observers.TRACED_UNSAMPLED);
			case "scales-traced" -> new ScalesEchoClient(port, Callbacks.EXECUTOR, Observers.TRACED);
			case "scales-event-loop" -> new ScalesEchoClient(port, Callbacks.EVENT_LOOP);
			case "scales-blocking" -> BlockingScales.of(port, Thread::new);
			case "scales-virtual" -> BlockingScales.of(port, virtualThreads());
			default -> throw new IllegalArgumentException("client: " + name
					+ " (expected: bare, bare-blocking, bare-virtual, scales, scales-timed, scales-traced, scales-traced-unsampled, scales-event-loop, scales-blocking or"
					+ " scales-virtual)");
		};
	}

	/** By reflection: this is compiled for older JDKs. */
	private static ThreadFactory virtualThreads() throws ReflectiveOperationException {
		Object builder = Thread.class.getMethod("ofVirtual").invoke(null);
		Class<?> type = Class.forName("java.lang.Thread$Builder");
		return (ThreadFactory) type.getMethod("factory").invoke(builder);
	}

}
