package io.scalesrpc.discovery.zookeeper;

import java.time.Duration;

import io.scalesrpc.time.Ticker;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.api.UnhandledErrorListener;
import org.apache.curator.framework.state.ConnectionState;
import org.apache.curator.framework.state.ConnectionStateListener;
import org.jspecify.annotations.Nullable;

/**
 * Whether an ensemble answers now, and if not, since when. That the first connection is
 * being made is no problem for a while. <em>Thread-safe</em>.
 */
final class Link implements ConnectionStateListener, UnhandledErrorListener {

	/** As long as Curator waits for one server of the ensemble. */
	static final Duration FIRST_CONNECTION = Duration.ofSeconds(5);

	private static final String NOT_YET = "not connected yet";

	private final Ticker ticker;

	private final String hosts;

	private volatile State state;

	private volatile @Nullable String error;

	Link(String hosts, Ticker ticker) {
		this.hosts = hosts;
		this.ticker = ticker;
		this.state = new State(false, NOT_YET, ticker.nanos());
	}

	@Override
	public void stateChanged(CuratorFramework client, ConnectionState now) {
		if (now.isConnected()) {
			this.error = null;
			this.state = new State(true, "connected", this.ticker.nanos());
		}
		else {
			// A session that is lost was suspended before: that is when it began.
			long since = this.state.connected() ? this.ticker.nanos() : this.state.since();
			this.state = new State(false, (now == ConnectionState.LOST) ? "session lost" : "connection lost", since);
		}
	}

	@Override
	public void unhandledError(String message, Throwable cause) {
		this.error = message;
	}

	/** What is wrong; null if nothing is. */
	@Nullable String problem() {
		State now = this.state;
		String detail = this.error;
		if (now.connected() || isBeginning(now)) {
			return null;
		}
		return "ZooKeeper " + this.hosts + ": " + now.text() + ((detail != null) ? ": " + detail : "");
	}

	private boolean isBeginning(State now) {
		return now.text().equals(NOT_YET) && this.ticker.nanos() - now.since() < FIRST_CONNECTION.toNanos();
	}

	/** Whether the ensemble answers. */
	boolean isConnected() {
		return this.state.connected();
	}

	/** How long the connection has been lost; zero if it is there. */
	Duration age() {
		State now = this.state;
		return now.connected() ? Duration.ZERO : Duration.ofNanos(this.ticker.nanos() - now.since());
	}

	/**
	 * How it is since a moment. <em>Immutable</em>.
	 *
	 * @param connected whether the ensemble answers
	 * @param text the same in words
	 * @param since when that began
	 */
	private record State(boolean connected, String text, long since) {
	}

}
