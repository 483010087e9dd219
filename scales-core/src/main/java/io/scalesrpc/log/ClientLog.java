package io.scalesrpc.log;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

import io.scalesrpc.time.Ticker;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * One subject of the log of a client, by the logger {@code scales.client.<name>}. Client
 * and member are key-values, too, for structured logs. What happens over and over is
 * logged ten times in ten seconds; the next line says how many were left out.
 * <em>Thread-safe</em>.
 */
public final class ClientLog {

	/** The names of the loggers begin with it. */
	public static final String PREFIX = "scales.client.";

	/** How many lines there are in a period at most. */
	static final int MOST = 10;

	static final Duration PERIOD = Duration.ofSeconds(10);

	private final Logger logger;

	private final String client;

	private final Ticker ticker;

	private final AtomicLong period;

	private final AtomicInteger inPeriod = new AtomicInteger();

	private final AtomicInteger leftOut = new AtomicInteger();

	/**
	 * Creates the log.
	 * @param client the client's name
	 * @param ticker tells how long ago the last lines were
	 */
	public ClientLog(String client, Ticker ticker) {
		this.logger = LoggerFactory.getLogger(PREFIX + client);
		this.client = client;
		this.ticker = ticker;
		this.period = new AtomicLong(ticker.nanos());
	}

	/**
	 * Logs what happens once, or is done by hand.
	 * @param level how bad it is
	 * @param text what happened, without the client
	 */
	public void tell(Level level, String text) {
		log(level, null, text);
	}

	/**
	 * Logs what may happen over and over, unless it just did.
	 * @param level how bad it is
	 * @param member whom it is about, or {@code null}
	 * @param text what happened, without the client
	 * @return whether it was not left out
	 */
	public boolean tellSeldom(Level level, @Nullable Object member, String text) {
		if (!this.logger.isEnabledForLevel(level)) {
			return true;
		}
		long now = this.ticker.nanos();
		long began = this.period.get();
		if (now - began >= PERIOD.toNanos() && this.period.compareAndSet(began, now)) {
			this.inPeriod.set(0);
		}
		if (this.inPeriod.incrementAndGet() > MOST) {
			this.leftOut.incrementAndGet();
			return false;
		}
		int missing = this.leftOut.getAndSet(0);
		log(level, member, (missing > 0) ? text + " (" + missing + " lines like this one were left out)" : text);
		return true;
	}

	private void log(Level level, @Nullable Object member, String text) {
		LoggingEventBuilder line = this.logger.atLevel(level).addKeyValue("scales.client", this.client);
		if (member != null) {
			line = line.addKeyValue("scales.member", member.toString());
		}
		line.log("[{}] {}", this.client, text);
	}

}
