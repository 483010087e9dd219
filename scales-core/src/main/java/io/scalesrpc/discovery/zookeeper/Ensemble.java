package io.scalesrpc.discovery.zookeeper;

import java.util.concurrent.locks.ReentrantLock;

import io.scalesrpc.time.Ticker;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.CuratorFrameworkFactory;
import org.apache.curator.retry.RetryForever;
import org.jspecify.annotations.Nullable;

/**
 * One connection to an ensemble, which Curator keeps up. <em>Guarded by its lock</em>,
 * which is held while Curator starts or ends: not for threads of callers.
 */
final class Ensemble {

	private static final int SESSION_MILLIS = 30_000;

	private static final int CONNECT_MILLIS = (int) Link.FIRST_CONNECTION.toMillis();

	private static final int RETRY_MILLIS = 500;

	private final String hosts;

	private final Identity identity;

	private final Link link;

	private final ReentrantLock lock = new ReentrantLock();

	private @Nullable CuratorFramework client;

	private boolean closed;

	/**
	 * Makes a connection that is not started.
	 * @param hosts where the ensemble is, {@code host:port,host:port}
	 * @param identity who connects
	 * @param ticker measures how long it has been lost
	 */
	Ensemble(String hosts, Identity identity, Ticker ticker) {
		this.hosts = hosts;
		this.identity = identity;
		this.link = new Link(hosts, ticker);
	}

	Link link() {
		return this.link;
	}

	/** The client, started if it was not; null if the ensemble was closed. */
	@Nullable CuratorFramework client() {
		this.lock.lock();
		try {
			if (this.client == null && !this.closed) {
				this.client = start();
			}
			return this.closed ? null : this.client;
		}
		finally {
			this.lock.unlock();
		}
	}

	/** Ends the session if there is one: its ephemeral nodes are gone then. */
	void close() {
		this.lock.lock();
		try {
			this.closed = true;
			if (this.client != null) {
				this.client.close();
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Stays with the hosts it was given, whatever the ensemble calls itself. Curator's
	 * own thread for listeners would not end with the client; ours do not block.
	 */
	private CuratorFramework start() {
		CuratorFrameworkFactory.Builder builder = CuratorFrameworkFactory.builder()
			.connectString(this.hosts)
			.sessionTimeoutMs(SESSION_MILLIS)
			.connectionTimeoutMs(CONNECT_MILLIS)
			.retryPolicy(new RetryForever(RETRY_MILLIS))
			.ensembleTracker(false)
			.runSafeService(Runnable::run);
		this.identity.apply(builder);
		CuratorFramework started = builder.build();
		started.getConnectionStateListenable().addListener(this.link);
		started.getUnhandledErrorListenable().addListener(this.link);
		started.start();
		return started;
	}

}
