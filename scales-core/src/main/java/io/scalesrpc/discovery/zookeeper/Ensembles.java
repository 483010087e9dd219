package io.scalesrpc.discovery.zookeeper;

import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.scalesrpc.time.Ticker;

/**
 * One connection per ensemble and identity, shared by all sets that read it and closed
 * with the last. The order of the hosts does not matter. <em>Thread-safe</em>.
 */
final class Ensembles {

	private final Map<Key, Shared> shared = new ConcurrentHashMap<>();

	private final Ticker ticker;

	Ensembles(Ticker ticker) {
		this.ticker = ticker;
	}

	/** Joins a connection, or makes one; starts nothing. */
	Ensemble join(String hosts, ZooKeeperSettings settings) {
		Shared joined = this.shared.compute(new Key(sorted(hosts), settings),
				(key, now) -> (now != null) ? new Shared(now.ensemble(), now.users() + 1)
						: new Shared(new Ensemble(key.hosts(), new Identity(settings, null), this.ticker), 1));
		return Objects.requireNonNull(joined).ensemble();
	}

	/** Leaves a connection; the last who does closes it, which may take a while. */
	void leave(String hosts, ZooKeeperSettings settings, Ensemble left) {
		Shared rest = this.shared.computeIfPresent(new Key(sorted(hosts), settings),
				(key, now) -> (now.users() > 1) ? new Shared(now.ensemble(), now.users() - 1) : null);
		if (rest == null) {
			left.close();
		}
	}

	/** A connection for oneself, to make nodes of a service. */
	Ensemble alone(String hosts, String path, ZooKeeperSettings settings) {
		return new Ensemble(sorted(hosts), new Identity(settings, path), this.ticker);
	}

	private static String sorted(String hosts) {
		return Stream.of(hosts.split(",")).map(String::trim).sorted().distinct().collect(Collectors.joining(","));
	}

	/**
	 * What connections are told apart by. <em>Immutable</em>.
	 *
	 * @param hosts where the ensemble is, in their order
	 * @param settings who connects, and how
	 */
	private record Key(String hosts, ZooKeeperSettings settings) {
	}

	/** A connection and how many sets read it. <em>Immutable</em>. */
	private record Shared(Ensemble ensemble, int users) {
	}

}
