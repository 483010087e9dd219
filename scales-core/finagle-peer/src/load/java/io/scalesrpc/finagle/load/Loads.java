package io.scalesrpc.finagle.load;

import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * The loads as commands. <em>Thread-safe</em>.
 * <pre>
 * closed-loop CONCURRENCY CALLS MILLIS        so many at a time, so many in all, no longer than that
 * open-loop CALLS_PER_SECOND MILLIS SEED      at random times
 * </pre>
 */
public final class Loads {

	private Loads() {
	}

	/**
	 * Carries a command out and waits for the last call.
	 * @param target what is put under load
	 * @param command its first word
	 * @param rest the rest of the line
	 * @return JSON: {@code ok}; {@code failed} by class; {@code failures} and when the last of them was;
	 * {@code elapsedMillis}; {@code callsPerSecond}; {@code cpuNanosPerCall} of the whole JVM; percentiles of the latency
	 * in microseconds, {@code p50Micros} for instance; {@code late-p50Micros} and so on, by which an open loop itself was
	 * late, and {@code sent-p50Micros} and so on, latencies from the sending
	 * @throws IllegalArgumentException if the command is unknown
	 */
	public static String run(LoadTarget target, String command, String rest) throws InterruptedException {
		return run(target, command, rest, () -> true);
	}

	/**
	 * Carries a command out, or a part of it, and waits for the last call.
	 * @param target what is put under load
	 * @param command its first word
	 * @param rest the rest of the line
	 * @param goesOn asked before each call; no further one is made when it says no
	 * @return as above
	 * @throws IllegalArgumentException if the command is unknown
	 */
	public static String run(LoadTarget target, String command, String rest, BooleanSupplier goesOn)
			throws InterruptedException {
		String[] words = rest.split(" ");
		switch (command) {
			case "closed-loop":
				return ClosedLoop
					.run(target, Integer.parseInt(words[0]), Long.parseLong(words[1]), nanos(words[2]), goesOn)
					.toJson();
			case "open-loop":
				return OpenLoop
					.run(target, Double.parseDouble(words[0]), nanos(words[1]), Long.parseLong(words[2]), goesOn)
					.toJson();
			default:
				throw new IllegalArgumentException("load: " + command + " (expected: closed-loop or open-loop)");
		}
	}

	private static long nanos(String millis) {
		return TimeUnit.MILLISECONDS.toNanos(Long.parseLong(millis));
	}

}
