package io.scalesrpc.benchmark.load;

import java.io.IOException;

import org.jspecify.annotations.Nullable;

/**
 * One of those that are compared. <em>Confined to the main thread</em>.
 *
 * @param client has the rounds
 * @param server what it calls, if that is what is compared; {@code null} if it is the
 * client
 */
record Subject(Program client, @Nullable Program server) implements AutoCloseable {

	/**
	 * Has a round.
	 * @param load what {@link Client} is told
	 * @return its answer, and {@code server_cpu=... server_bytes=...}: the server's
	 * processor time in microseconds and bytes for a call
	 */
	String run(String load) throws IOException {
		if (this.server == null) {
			return this.client.tell(load);
		}
		ProcessCost before = ProcessCost.of(this.server.tell("cost"));
		String line = this.client.tell(load);
		ProcessCost cost = ProcessCost.of(this.server.tell("cost")).minus(before);
		Figures round = new Figures();
		round.add("client", line);
		double calls = round.median("calls");
		return line + String.format(" server_cpu=%.2f server_bytes=%.0f", cost.cpuNanos() / 1e3 / calls,
				cost.bytes() / calls);
	}

	@Override
	public void close() {
		this.client.close();
		if (this.server != null) {
			this.server.close();
		}
	}

}
