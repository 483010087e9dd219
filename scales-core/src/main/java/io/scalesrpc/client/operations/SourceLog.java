package io.scalesrpc.client.operations;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

import io.scalesrpc.Internal;
import io.scalesrpc.call.Call;
import io.scalesrpc.discovery.ServerSet;
import io.scalesrpc.log.ClientLog;
import io.scalesrpc.time.Ticker;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.Level;

/**
 * Tells the log when the source of members no longer answers, and when it does again. It
 * looks when calls are made, once in a while: nobody misses members that nobody calls.
 * <em>Thread-safe</em>.
 */
@Internal
public final class SourceLog {

	static final Duration PERIOD = Duration.ofSeconds(1);

	private final ServerSet set;

	private final ClientLog log;

	/** When it looked last. */
	private final AtomicLong looked;

	/** When the source was seen to fail; of the thread that looks. */
	private long since;

	/** What was told; null while the source answers. */
	private volatile @Nullable String told;

	public SourceLog(ServerSet set, String client, Ticker ticker) {
		this.set = set;
		this.log = new ClientLog(client, ticker);
		this.looked = new AtomicLong(ticker.nanos() - PERIOD.toNanos());
	}

	/** Costs a volatile read, but for one call a second. */
	void look(Call call) {
		long now = call.deadline().startNanos();
		long last = this.looked.get();
		if (now - last >= PERIOD.toNanos() && this.looked.compareAndSet(last, now)) {
			look(now);
		}
	}

	private void look(long now) {
		String error = this.set.status().lastError();
		if (error != null && this.told == null) {
			this.since = now;
			this.told = error;
			this.log.tellSeldom(Level.WARN, null,
					() -> "the source of members does not answer, members stay as they are: " + this.set + ": "
							+ error);
		}
		else if (error == null && this.told != null) {
			this.told = null;
			long seconds = Duration.ofNanos(now - this.since).toSeconds();
			this.log.tellSeldom(Level.INFO, null,
					() -> "the source of members answers again, after " + seconds + " s: " + this.set);
		}
	}

}
