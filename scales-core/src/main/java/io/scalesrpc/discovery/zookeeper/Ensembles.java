package io.scalesrpc.discovery.zookeeper;

import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.CuratorFrameworkFactory;
import org.apache.curator.retry.RetryForever;
import org.jspecify.annotations.Nullable;

/**
 * One connection per ensemble, shared by all sets that read it and closed with the last.
 * <em>Thread-safe</em>.
 */
final class Ensembles {

	private static final int SESSION_MILLIS = 30_000;

	private static final int CONNECT_MILLIS = 5_000;

	private static final int RETRY_MILLIS = 500;

	private final Map<String, Shared> shared = new ConcurrentHashMap<>();

	/** Joins or starts the connection; does not wait for it. */
	CuratorFramework join(String hosts) {
		Shared joined = this.shared.compute(hosts,
				(key, now) -> (now != null) ? new Shared(now.client(), now.users() + 1) : new Shared(start(key), 1));
		return Objects.requireNonNull(joined).client();
	}

	/** Leaves the connection; the last who does closes it. */
	void leave(String hosts) {
		this.shared.compute(hosts, (key, now) -> (now != null) ? without(now) : null);
	}

	private static @Nullable Shared without(Shared now) {
		if (now.users() > 1) {
			return new Shared(now.client(), now.users() - 1);
		}
		Thread closer = new Thread(now.client()::close, "scales-zookeeper-close");
		closer.setDaemon(true);
		closer.start();
		return null;
	}

	private static CuratorFramework start(String hosts) {
		CuratorFramework client = CuratorFrameworkFactory.newClient(hosts, SESSION_MILLIS, CONNECT_MILLIS,
				new RetryForever(RETRY_MILLIS));
		client.start();
		return client;
	}

	/** A connection and how many sets read it. <em>Immutable</em>. */
	private record Shared(CuratorFramework client, int users) {
	}

}
