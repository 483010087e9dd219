package io.scalesrpc.cache;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import io.scalesrpc.call.Call;
import io.scalesrpc.call.CallScope;
import io.scalesrpc.call.Failure;
import io.scalesrpc.call.FailureKind;
import io.scalesrpc.call.Observer;
import io.scalesrpc.call.Outcome;
import io.scalesrpc.call.Reply;
import io.scalesrpc.metrics.Event;
import io.scalesrpc.time.Timer.Timeout;
import org.jspecify.annotations.Nullable;

/**
 * One look-up and, if that finds nothing, one call, for all who ask for the same at the
 * same moment. Its call is a child of none of theirs: it goes on while anyone waits, and
 * ends when the last one has gone. It takes passengers until it has failed, or until its
 * result is kept. <em>Thread-safe</em>.
 */
final class SharedCall implements Observer {

	private final CacheFilter stage;

	private final CacheLookup request;

	private final Call call;

	private final boolean refresh;

	/** Those who wait; a refresh waits for itself. Once 0, for ever. */
	private final AtomicInteger waiters = new AtomicInteger(1);

	/** What was found and is too old, or is to be. */
	private volatile @Nullable CacheHit stale;

	private volatile byte @Nullable [] encoded;

	/** Set before the call ends: a result that was found need not be kept. */
	private volatile boolean cacheHit;

	private SharedCall(CacheFilter stage, CacheLookup request, boolean refresh) {
		this.stage = stage;
		this.request = request;
		this.call = request.detached(stage.tools().ticker().nanos());
		this.refresh = refresh;
		// The first to be registered is the last to be told.
		this.call.onOutcome(this);
	}

	static SharedCall of(CacheFilter stage, CacheLookup request) {
		return new SharedCall(stage, request, false);
	}

	static SharedCall toRefresh(CacheFilter stage, CacheLookup request, CacheHit cacheHit) {
		SharedCall sharedCall = new SharedCall(stage, request, true);
		sharedCall.stale = cacheHit;
		return sharedCall;
	}

	Call call() {
		return this.call;
	}

	CacheLookup request() {
		return this.request;
	}

	boolean isRefresh() {
		return this.refresh;
	}

	@Nullable CacheHit stale() {
		return this.stale;
	}

	/** Takes one more, unless it is too late. */
	boolean enter() {
		Outcome outcome = this.call.outcome();
		if (outcome instanceof Failure || (outcome instanceof Reply reply && !isForOthers(reply))) {
			return false;
		}
		int seen = this.waiters.get();
		while (seen > 0 && !this.waiters.compareAndSet(seen, seen + 1)) {
			seen = this.waiters.get();
		}
		return seen > 0;
	}

	/**
	 * Lets one go. If nobody is left the call is over: a server that let the last one
	 * wait too long has failed it, and must be blamed.
	 */
	void leave(boolean timedOut) {
		if (!this.call.isEnded() && this.waiters.decrementAndGet() == 0) {
			this.call.end(timedOut ? Failure.of(FailureKind.TIMEOUT, "no answer while anybody waited")
					: Failure.of(FailureKind.CANCELLED, "nobody waits any more"));
		}
	}

	void start() {
		if (this.refresh) {
			this.request.next().dispatch(this.call);
			return;
		}
		if (this.request.cache().blocks()) {
			lookElsewhere();
		}
		else {
			looked(this.stage.access().look(this.request));
		}
	}

	/** A cache that hangs must not hold up the calls. */
	private void lookElsewhere() {
		AtomicBoolean decided = new AtomicBoolean();
		Timeout limit = this.stage.tools().timer().schedule(() -> {
			if (decided.compareAndSet(false, true)) {
				this.stage.access().failed(this.request.cache(), CacheTimeoutException.of(this.request));
				looked(null);
			}
		}, this.request.settings().lookupTimeout().toNanos(), TimeUnit.NANOSECONDS);
		this.call.onOutcome((ended, outcome) -> limit.cancel());
		this.stage.access().run(this.request.cache(), () -> {
			CacheHit seen = decided.get() ? null : this.stage.access().look(this.request);
			if (decided.compareAndSet(false, true)) {
				limit.cancel();
				looked(seen);
			}
		}, () -> {
			if (decided.compareAndSet(false, true)) {
				limit.cancel();
				looked(null);
			}
		});
	}

	private void looked(@Nullable CacheHit seen) {
		if (this.call.isEnded()) {
			return;
		}
		long now = this.stage.tools().clock().millis();
		if (seen == null || !seen.cachedResult().isFresh(this.request.settings(), now)) {
			this.stale = seen;
			this.stage.metrics().count(Event.CACHE_MISS);
			// Perhaps on a thread of the cache.
			CallScope.Restored restored = this.call.restore();
			try {
				this.request.next().dispatch(this.call);
			}
			finally {
				restored.close();
			}
			return;
		}
		this.stage.metrics().count(Event.CACHE_HIT);
		this.encoded = seen.cachedResult().result();
		this.cacheHit = true;
		this.call.end(Reply.of(seen.value()));
		this.stage.refreshIfDue(this.request, seen, now);
	}

	/** A result that is the caller's own. */
	@Nullable Object copy(Reply reply) {
		Object value = reply.value();
		return (value != null) ? this.request.codec().decodeResult(encoded(value)) : null;
	}

	private byte[] encoded(Object value) {
		byte[] known = this.encoded;
		if (known == null) {
			known = this.request.codec().encodeResult(value);
			this.encoded = known;
		}
		return known;
	}

	/**
	 * Whether a result may answer those who asked after it had come. Who waited for it
	 * may have been told, and ask again, before this one is told.
	 */
	private boolean isForOthers(Reply reply) {
		Object value = reply.value();
		return value != null && (this.cacheHit || this.request.codec().mayKeep(value));
	}

	/** Told when all who waited have been told. */
	@Override
	public void ended(Call ended, Outcome outcome) {
		Object value = (outcome instanceof Reply reply && !this.cacheHit && isForOthers(reply)) ? reply.value() : null;
		if (value == null) {
			this.stage.completed(this, outcome.answered());
			return;
		}
		try {
			keep(this.stage.entry(encoded(value), this.request.settings()));
		}
		catch (RuntimeException ex) {
			this.stage.access().failed(this.request.cache(), ex);
			this.stage.completed(this, false);
		}
	}

	/**
	 * Until its result is kept, who comes late is given it here; but not for as long as a
	 * cache may hang.
	 */
	private void keep(CachedResult entry) {
		ResultCache cache = this.request.cache();
		CacheAccess access = this.stage.access();
		if (!cache.blocks()) {
			access.keep(this.request, entry);
			this.stage.completed(this, true);
			return;
		}
		Runnable completed = () -> this.stage.completed(this, true);
		Timeout limit = this.stage.tools()
			.timer()
			.schedule(completed, this.request.settings().lookupTimeout().toNanos(), TimeUnit.NANOSECONDS);
		access.run(cache, () -> {
			access.keep(this.request, entry);
			limit.cancel();
			completed.run();
		}, () -> {
			limit.cancel();
			completed.run();
		});
	}

}
