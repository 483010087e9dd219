package io.scalesrpc.cache;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;

import io.scalesrpc.Internal;
import io.scalesrpc.call.Call;
import io.scalesrpc.call.CallFilter;
import io.scalesrpc.call.Deadline;
import io.scalesrpc.call.Failure;
import io.scalesrpc.call.FailureKind;
import io.scalesrpc.call.MethodCodec;
import io.scalesrpc.call.Reply;
import io.scalesrpc.call.Sink;
import io.scalesrpc.metrics.ClientMetrics;
import io.scalesrpc.metrics.Event;
import io.scalesrpc.timeout.DeadlineFilter;
import org.jspecify.annotations.Nullable;

/**
 * The stage that answers calls from what was kept (RFC 9111's freshness, RFC 5861's
 * stale-if-error and stale-while-revalidate, for calls). Calls whose method keeps nothing
 * pass, and those to whom the answer may be a personal one. Above the deadline, so that
 * an old answer can stand in for a timeout; it therefore ends the calls that wait here by
 * their deadline itself. <em>Thread-safe</em>.
 */
@Internal
public final class CacheFilter implements CallFilter {

	/** A refresh that failed is not tried again at once, or it would be at every hit. */
	private static final Duration REFRESH_PAUSE = Duration.ofSeconds(1);

	private final String client;

	private final CacheTools tools;

	private final ClientMetrics metrics;

	private final CacheAccess access;

	/** By key: at most as many as there are calls. */
	private final ConcurrentMap<String, SharedCall> flights = new ConcurrentHashMap<>();

	/** Keys that are asked for anew, or were without success a moment ago. */
	private final Set<String> refreshing = ConcurrentHashMap.newKeySet();

	/**
	 * Creates the stage of one client.
	 * @param client its name, which is part of every key: another client of the same
	 * service may speak to other servers
	 * @param tools time, chance and threads
	 * @param metrics counts hits and misses
	 */
	public CacheFilter(String client, CacheTools tools, ClientMetrics metrics) {
		this.client = client;
		this.tools = tools;
		this.metrics = metrics;
		this.access = new CacheAccess(client, tools.lookups(), metrics);
	}

	@Override
	public void filter(Call call, Sink next) {
		ResultCache cache = call.options().get(CacheSettings.KEY).cache();
		boolean isShared = cache != null && !call.isEnded() && !call.options().isPersonal();
		byte[] arguments = isShared ? arguments(call) : null;
		if (cache == null || arguments == null) {
			next.dispatch(call);
			return;
		}
		CacheLookup request = CacheLookup.of(this.client, call, arguments, next);
		// What is in memory needs no shared call.
		if (cache.blocks() || !answered(request)) {
			join(request);
		}
	}

	/** Null if they cannot be encoded: the protocol says so better. */
	private static byte @Nullable [] arguments(Call call) {
		MethodCodec codec = call.method().codec();
		try {
			return (codec != null) ? codec.encodeArguments(call.arguments()) : null;
		}
		catch (RuntimeException ex) {
			return null;
		}
	}

	private boolean answered(CacheLookup request) {
		CacheHit cacheHit = this.access.look(request);
		long now = this.tools.clock().millis();
		if (cacheHit == null || !cacheHit.cachedResult().isFresh(request.settings(), now)) {
			return false;
		}
		this.metrics.count(Event.CACHE_HIT);
		request.call().end(Reply.of(cacheHit.value()));
		refreshIfDue(request, cacheHit, now);
		return true;
	}

	/**
	 * Lets a call wait for the shared call that asks for the same, or for one of its own.
	 */
	void join(CacheLookup request) {
		Deadline deadline = request.call().deadline();
		if (deadline.isExpired(this.tools.ticker().nanos())) {
			request.call().end(DeadlineFilter.notSent(deadline));
			return;
		}
		for (SharedCall sharedCall = this.flights.get(request.key()); sharedCall != null; sharedCall = this.flights
			.get(request.key())) {
			if (sharedCall.enter()) {
				this.metrics.count(Event.CACHE_SHARED);
				SharedCallWaiter.join(this, request, sharedCall);
				return;
			}
			this.flights.remove(request.key(), sharedCall);
		}
		lead(request);
	}

	private void lead(CacheLookup request) {
		SharedCall sharedCall = SharedCall.of(this, request);
		if (this.flights.putIfAbsent(request.key(), sharedCall) != null) {
			join(request);
			return;
		}
		SharedCallWaiter.join(this, request, sharedCall);
		start(sharedCall);
	}

	private static void start(SharedCall sharedCall) {
		try {
			if (!sharedCall.call().isEnded()) {
				sharedCall.start();
			}
		}
		catch (RuntimeException ex) {
			sharedCall.call().end(Failure.of(FailureKind.INTERNAL, "the cache stage failed: " + ex, ex));
		}
	}

	/** At most one at a time for a key, whoever asks. */
	void refreshIfDue(CacheLookup request, CacheHit cacheHit, long nowMillis) {
		if (!cacheHit.cachedResult().isToRefresh(request.settings(), nowMillis)
				|| !this.refreshing.add(request.key())) {
			return;
		}
		SharedCall sharedCall = SharedCall.toRefresh(this, request, cacheHit);
		if (this.flights.putIfAbsent(request.key(), sharedCall) != null) {
			this.refreshing.remove(request.key());
			return;
		}
		this.metrics.count(Event.CACHE_REFRESH);
		start(sharedCall);
	}

	/** A shared call is over. */
	void completed(SharedCall sharedCall, boolean successful) {
		String key = sharedCall.request().key();
		this.flights.remove(key, sharedCall);
		if (sharedCall.isRefresh()) {
			refreshed(key, successful);
		}
	}

	private void refreshed(String key, boolean successful) {
		try {
			if (!successful) {
				this.tools.timer()
					.schedule(() -> this.refreshing.remove(key), REFRESH_PAUSE.toNanos(), TimeUnit.NANOSECONDS);
				return;
			}
		}
		catch (IllegalStateException ex) {
			// The timer is closed: there will be no other.
		}
		this.refreshing.remove(key);
	}

	CachedResult entry(byte[] result, CacheSettings settings) {
		return CachedResult.of(result, settings.ttl(), this.tools.clock().millis(), this.tools.random());
	}

	CacheTools tools() {
		return this.tools;
	}

	ClientMetrics metrics() {
		return this.metrics;
	}

	CacheAccess access() {
		return this.access;
	}

}
