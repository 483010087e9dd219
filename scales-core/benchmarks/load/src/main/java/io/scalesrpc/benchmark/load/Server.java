package io.scalesrpc.benchmark.load;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/**
 * A server in a process of its own so that its processor time is its own.
 * <em>Stateless</em>.
 */
public final class Server {

	private Server() {
	}

	/**
	 * Says that the server listens, then answers each line of the input with what this
	 * process has used up so far. Ends with the input.
	 * @param ports {@code protocol=port}
	 */
	public static void run(String ports) throws IOException {
		BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
		System.out.println("READY " + ports);
		while (in.readLine() != null) {
			System.out.println(ProcessCost.now().line());
		}
		// Not every peer ends its threads.
		System.exit(0);
	}

}
