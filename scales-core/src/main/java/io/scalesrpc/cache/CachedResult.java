package io.scalesrpc.cache;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.random.RandomGenerator;

import org.jspecify.annotations.Nullable;

/**
 * A result with its times, on the wall clock: a cache may be shared by processes. As
 * bytes it is one byte for the version, two numbers and the result. <em>Immutable</em>.
 *
 * @param writtenMillis when it was kept
 * @param freshUntilMillis until when it answers calls
 * @param result the encoded result
 */
record CachedResult(long writtenMillis, long freshUntilMillis, byte[] result) {

	private static final byte VERSION = 1;

	private static final int HEAD = 1 + 2 * Long.BYTES;

	private static final double JITTER = 0.1;

	static CachedResult of(byte[] result, Duration ttl, long nowMillis, RandomGenerator random) {
		double factor = 1 - JITTER + 2 * JITTER * random.nextDouble();
		return new CachedResult(nowMillis, nowMillis + Math.max(1, (long) (ttl.toMillis() * factor)), result);
	}

	/** Null for what is none: other software may write to the same cache. */
	static @Nullable CachedResult decode(byte[] bytes) {
		if (bytes.length < HEAD || bytes[0] != VERSION) {
			return null;
		}
		ByteBuffer in = ByteBuffer.wrap(bytes, 1, bytes.length - 1);
		long written = in.getLong();
		long freshUntil = in.getLong();
		byte[] result = new byte[in.remaining()];
		in.get(result);
		return new CachedResult(written, freshUntil, result);
	}

	byte[] encode() {
		return ByteBuffer.allocate(HEAD + this.result.length)
			.put(VERSION)
			.putLong(this.writtenMillis)
			.putLong(this.freshUntilMillis)
			.put(this.result)
			.array();
	}

	/** How long after it was kept it may be of use. */
	Duration life(CacheSettings settings) {
		return Duration.ofMillis(this.freshUntilMillis - this.writtenMillis).plus(settings.staleIfError());
	}

	boolean isFresh(CacheSettings settings, long nowMillis) {
		return isUsable(settings, nowMillis, Duration.ZERO);
	}

	boolean mayStandIn(CacheSettings settings, long nowMillis) {
		return isUsable(settings, nowMillis, settings.staleIfError());
	}

	/**
	 * One with more time left than it can have was written before the clock was put back,
	 * or by a process with longer times: it is not believed.
	 */
	private boolean isUsable(CacheSettings settings, long nowMillis, Duration extra) {
		long left = this.freshUntilMillis - nowMillis;
		return left > -extra.toMillis() && left <= settings.ttl().toMillis() * (1 + JITTER) + 1;
	}

	/** At the same part of its life as without the jitter of its expiry. */
	boolean isToRefresh(CacheSettings settings, long nowMillis) {
		if (settings.refreshAfter() == null) {
			return false;
		}
		double life = this.freshUntilMillis - this.writtenMillis;
		double part = settings.refreshAfter().toNanos() / (double) settings.ttl().toNanos();
		return nowMillis - this.writtenMillis >= part * life;
	}

}
