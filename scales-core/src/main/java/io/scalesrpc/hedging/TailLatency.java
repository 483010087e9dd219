package io.scalesrpc.hedging;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import org.HdrHistogram.Histogram;
import org.HdrHistogram.Recorder;
import org.jspecify.annotations.Nullable;

/**
 * The percentile of the latencies of the last {@link #WINDOWS} windows of {@link #WINDOW}
 * after which a second attempt is sent (windows and refreshing as in Finagle's
 * {@code WindowedPercentileHistogram}). Whoever asks first when {@link #REFRESH} is over
 * works it out, in some microseconds; so an idle client has nothing to do.
 * <em>Thread-safe</em>, without locks for those who add.
 */
final class TailLatency {

	static final int WINDOWS = 3;

	static final Duration WINDOW = Duration.ofSeconds(10);

	static final Duration REFRESH = Duration.ofSeconds(3);

	/** A percentile of fewer latencies means nothing. */
	static final int LEAST_SAMPLES = 100;

	/**
	 * The part of the budget that is aimed at. Who aims at all of it finds it empty by
	 * chance for one of six calls, the slow ones among them (simulated).
	 */
	static final double AIM = 0.8;

	/** The delay while there is to be no second attempt. */
	static final long NONE = Long.MAX_VALUE;

	/** Latencies that differ by less than a hundredth are the same. */
	private static final int DIGITS = 2;

	private final HedgingSettings settings;

	/** In microseconds. */
	private final Recorder recorder;

	private final AtomicBoolean refreshing = new AtomicBoolean();

	/** The windows and what follows are guarded by {@code refreshing}. */
	private final Windows windows;

	private @Nullable Histogram latest;

	private volatile long refreshed;

	private volatile long delay = NONE;

	/**
	 * Creates one that knows no latency.
	 * @param settings which percentile, and in which range
	 * @param now the time
	 */
	TailLatency(HedgingSettings settings, long now) {
		this.settings = settings;
		long highest = TimeUnit.NANOSECONDS.toMicros(settings.maxDelay().toNanos());
		this.recorder = new Recorder(highest, DIGITS);
		this.windows = new Windows(highest, DIGITS, now);
		this.refreshed = now;
	}

	/** Adds a latency in nanoseconds. */
	void add(long nanos) {
		this.recorder.recordValue(Math.min(TimeUnit.NANOSECONDS.toMicros(Math.max(0, nanos)), this.windows.highest()));
	}

	/** After how long a second attempt is sent, in nanoseconds, or {@link #NONE}. */
	long delayNanos(long now) {
		if (isDue(now) && this.refreshing.compareAndSet(false, true)) {
			try {
				if (isDue(now)) {
					refresh(now);
				}
			}
			finally {
				this.refreshing.set(false);
			}
		}
		return this.delay;
	}

	private boolean isDue(long now) {
		return now - this.refreshed >= REFRESH.toNanos();
	}

	private void refresh(long now) {
		this.latest = this.recorder.getIntervalHistogram(this.latest);
		this.delay = delay(this.windows.add(this.latest, now));
		this.refreshed = now;
	}

	private long delay(Histogram all) {
		double share = AIM * this.settings.maxExtraLoad();
		if (all.getTotalCount() < Math.max(LEAST_SAMPLES, 1 / share)) {
			return NONE;
		}
		long micros = all.getValueAtPercentile(100 * (1 - share));
		return (micros >= this.windows.highest()) ? NONE
				: Math.max(this.settings.minDelay().toNanos(), TimeUnit.MICROSECONDS.toNanos(micros));
	}

}
