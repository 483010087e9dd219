package io.scalesrpc.benchmark.load;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

/**
 * One client against one server, in a process of its own so that its processor time is
 * its own. Does what the lines of its input say, and answers each with a line: <pre>
 * closed SECONDS          so many calls at a time; see {@link ClosedLoop}
 * open SECONDS RATE       so many a second; see {@link OpenLoop}
 * quit
 * </pre> <em>Stateless</em>.
 */
public final class Client {

	private Client() {
	}

	/**
	 * Makes a client by its name.
	 */
	@FunctionalInterface
	public interface Factory {

		/**
		 * Makes the client.
		 * @param name its name
		 * @param port where the server is, on this machine
		 * @param concurrency how many calls it will have at a time
		 * @return the client
		 * @throws Exception if it cannot be made
		 */
		EchoClient create(String name, int port, int concurrency) throws Exception;

	}

	/**
	 * Makes a client of several servers by its name.
	 */
	@FunctionalInterface
	public interface FleetFactory {

		/**
		 * Makes the client.
		 * @param name its name
		 * @param ports where the servers are, on this machine
		 * @param connections how many others have in use; 0 if that is not known
		 * @return the client
		 * @throws Exception if it cannot be made
		 */
		EchoClient create(String name, List<Integer> ports, int connections) throws Exception;

	}

	/**
	 * Runs loads until the input ends.
	 * @param args the client's name, the server's port, calls at a time, bytes of a text
	 * @param factory makes the client
	 */
	public static void run(String[] args, Factory factory) throws Exception {
		runFleet(args, (name, ports, connections) -> factory.create(name, ports.get(0), Integer.parseInt(args[2])));
	}

	/**
	 * Runs loads on several servers until the input ends.
	 * @param args the client's name, the servers' ports with commas between, calls at a
	 * time, bytes of a text, connections
	 * @param factory makes the client
	 */
	public static void runFleet(String[] args, FleetFactory factory) throws Exception {
		int concurrency = Integer.parseInt(args[2]);
		String text = "0123456789abcdef".repeat(1 + Integer.parseInt(args[3]) / 16)
			.substring(0, Integer.parseInt(args[3]));
		BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
		List<Integer> ports = Stream.of(args[1].split(",")).map(Integer::valueOf).toList();
		try (EchoClient client = factory.create(args[0], ports, Integer.parseInt(args[4]))) {
			System.out.println("READY");
			obey(in, client, text, concurrency);
		}
		// Not every peer ends its threads.
		System.exit(0);
	}

	private static void obey(BufferedReader in, EchoClient client, String text, int concurrency)
			throws IOException, InterruptedException {
		for (String line = in.readLine(); line != null && !line.equals("quit"); line = in.readLine()) {
			String[] words = line.split(" ");
			int seconds = Integer.parseInt(words[1]);
			System.out.println(words[0].equals("open")
					? OpenLoop.run(client, text, concurrency, seconds, Double.parseDouble(words[2]))
					: ClosedLoop.run(client, text, concurrency, seconds));
		}
	}

	/**
	 * For the end of a factory's names.
	 * @param name the name that no client has
	 * @return the error
	 */
	public static IllegalArgumentException unknown(String name) {
		return new IllegalArgumentException("client: " + name + " (expected: one of README.md)");
	}

}
