package io.scalesrpc.finagle.balancing;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.scalesrpc.finagle.PeerCommand;
import io.scalesrpc.finagle.PeerProcess;

/**
 * Finagle's servers, all of them in one JVM, so that few processors are enough.
 * <em>Confined to the thread that runs the scenario</em>.
 */
public final class Servers implements AutoCloseable {

	private final PeerProcess process;

	private final List<Integer> ports;

	private Servers(PeerProcess process) {
		this.process = process;
		this.ports = numbers(process.line()).map(Long::intValue).toList();
	}

	/**
	 * Starts servers in a JVM that lives long enough to be compiled.
	 * @param count how many
	 */
	static Servers measured(int count) {
		return new Servers(
				PeerProcess.start(PeerCommand.measured("FinagleServersMain", arguments(count, "localhost"))));
	}

	/**
	 * Starts servers in a JVM for a test.
	 * @param count how many
	 */
	static Servers start(int count) {
		return new Servers(PeerProcess.start(PeerCommand.of("FinagleServersMain", arguments(count, "localhost"))));
	}

	/**
	 * Starts servers that listen at every address of the machine.
	 * @param count how many
	 */
	public static Servers everywhere(int count) {
		return new Servers(PeerProcess.start(PeerCommand.of("FinagleServersMain", arguments(count, "0.0.0.0"))));
	}

	private static List<String> arguments(int count, String host) {
		return List.of(Integer.toString(count), host);
	}

	public int port(int server) {
		return this.ports.get(server);
	}

	/**
	 * Where servers listen, from the first to the one before a number.
	 * @return {@code host:port,host:port}
	 */
	String addresses(int end) {
		return IntStream.range(0, end).mapToObj(this::address).collect(Collectors.joining(","));
	}

	String address(int server) {
		return "localhost:" + port(server);
	}

	/** From now on a server answers echoes after so many milliseconds. */
	public void delay(int server, int millis) {
		tell(server, "delay echo " + millis + "-" + millis + " 1");
	}

	/** From now on a server answers so many of a hundred echoes after so long. */
	void pause(int server, int millis, int percent) {
		tell(server, "delay echo " + millis + "-" + millis + " 1 " + percent);
	}

	/**
	 * How a server answers from now on, in the words of {@code FinagleServerMain}.
	 */
	void mode(int server, String mode) {
		tell(server, "mode " + mode);
	}

	/** Nobody listens at the server's port any more. */
	void kill(int server) {
		tell(server, "close 0");
		tell(server, "closed");
	}

	/** How many calls each server has had, in order. */
	List<Long> calls() {
		return numbers(ask("calls")).toList();
	}

	/** How many delayed answers clients called off, at all servers. */
	long interrupts() {
		return numbers(ask("interrupts")).mapToLong(Long::longValue).sum();
	}

	private void tell(int server, String command) {
		ask(server + " " + command);
	}

	private String ask(String command) {
		String answer = this.process.ask(command);
		if (!answer.startsWith("OK")) {
			throw new IllegalStateException("servers said: " + answer + " (expected: OK)");
		}
		return answer.substring("OK".length()).trim();
	}

	private static Stream<Long> numbers(String line) {
		return Arrays.stream(line.split(" ")).map(Long::parseLong);
	}

	@Override
	public void close() {
		this.process.close();
	}

}
