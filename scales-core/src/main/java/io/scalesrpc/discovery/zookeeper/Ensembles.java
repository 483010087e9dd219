package io.scalesrpc.discovery.zookeeper;

import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.scalesrpc.time.Ticker;

/**
 * One connection per ensemble, shared by all sets that read it and closed with the last.
 * The order of the hosts does not matter. <em>Thread-safe</em>.
 */
final class Ensembles {

	private final Map<String, Shared> shared = new ConcurrentHashMap<>();

	private final Ticker ticker;

	Ensembles(Ticker ticker) {
		this.ticker = ticker;
	}

	/** Joins a connection, or makes one; starts nothing. */
	Ensemble join(String hosts) {
		Shared joined = this.shared.compute(sorted(hosts), (key, now) -> (now != null)
				? new Shared(now.ensemble(), now.users() + 1) : new Shared(new Ensemble(key, this.ticker), 1));
		return Objects.requireNonNull(joined).ensemble();
	}

	/** Leaves a connection; the last who does closes it, which may take a while. */
	void leave(String hosts, Ensemble left) {
		Shared rest = this.shared.computeIfPresent(sorted(hosts),
				(key, now) -> (now.users() > 1) ? new Shared(now.ensemble(), now.users() - 1) : null);
		if (rest == null) {
			left.close();
		}
	}

	/** A connection for oneself. */
	Ensemble alone(String hosts) {
		return new Ensemble(sorted(hosts), this.ticker);
	}

	private static String sorted(String hosts) {
		return Stream.of(hosts.split(",")).map(String::trim).sorted().distinct().collect(Collectors.joining(","));
	}

	/** A connection and how many sets read it. <em>Immutable</em>. */
	private record Shared(Ensemble ensemble, int users) {
	}

}
