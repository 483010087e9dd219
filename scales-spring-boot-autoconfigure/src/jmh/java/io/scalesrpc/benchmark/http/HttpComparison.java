package io.scalesrpc.benchmark.http;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A {@code RestClient} on Apache HttpClient 5, Reactor Netty and Scales, one after the other in processes of their own against one server, several rounds of it,
 * so that the machine's mood meets them all. Run by {@code src/jmh/http.sh}.
 * <em>Stateless</em>.
 */
public final class HttpComparison {

	private HttpComparison() {
	}

	/**
	 * Runs the comparison.
	 * @param args calls to measure, after twice as many to warm up; threads; rounds
	 */
	public static void main(String[] args) throws IOException {
		Process server = java(HttpServerMain.class, List.of());
		try (BufferedReader out = server.inputReader(StandardCharsets.UTF_8)) {
			String[] ports = out.readLine().split(" ");
			for (int round = 1; round <= Integer.parseInt(args[2]); round++) {
				System.out.println("round " + round);
				for (Transport transport : Transport.values()) {
					Process client = java(HttpClientMain.class,
							List.of(transport.name(), ports[1], ports[2], args[1], args[0]));
					client.inputReader(StandardCharsets.UTF_8).lines().forEach(System.out::println);
				}
			}
		}
		finally {
			server.destroy();
		}
	}

	private static Process java(Class<?> main, List<String> arguments) throws IOException {
		List<String> words = new ArrayList<>(
				List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx512m", "-cp",
						System.getProperty("java.class.path"), main.getName()));
		words.addAll(arguments);
		return new ProcessBuilder(words).redirectError(ProcessBuilder.Redirect.DISCARD).start();
	}

}
