package io.scalesrpc.log;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

import io.scalesrpc.Internal;
import io.scalesrpc.time.Ticker;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.slf4j.event.Level;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * One subject of the log of a client, by the logger {@code scales.client.<name>}. Client
 * and member are in the MDC, and key-values for structured logs. What happens over and
 * over is logged ten times in ten seconds; the next line says how many were left out.
 * What servers say is made printable and cut. <em>Thread-safe</em>.
 */
@Internal
public final class ClientLog {

	/** The names of the loggers begin with it. */
	public static final String PREFIX = "scales.client.";

	/** How many lines there are in a period at most. */
	static final int MOST = 10;

	static final Duration PERIOD = Duration.ofSeconds(10);

	/**
	 * Other names than those of the key-values: a line of structured logs has both, and
	 * each name once.
	 */
	private static final String MDC_CLIENT = "scalesClient";

	private static final String MDC_MEMBER = "scalesMember";

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
		this(client, "", ticker);
	}

	/**
	 * Creates a log of a part that can be switched on and off by itself.
	 * @param client the client's name
	 * @param part the end of the logger's name; empty for none
	 * @param ticker tells how long ago the last lines were
	 */
	public ClientLog(String client, String part, Ticker ticker) {
		this.logger = LoggerFactory.getLogger(PREFIX + client + (part.isEmpty() ? "" : "." + part));
		this.client = client;
		this.ticker = ticker;
		this.period = new AtomicLong(ticker.nanos());
	}

	/**
	 * Whether anybody reads it. Costs next to nothing.
	 * @param level how bad it is
	 * @return whether lines of that level are written
	 */
	public boolean isOn(Level level) {
		return this.logger.isEnabledForLevel(level);
	}

	/**
	 * Logs what happens once, or is done by hand, on this thread.
	 * @param level how bad it is
	 * @param text what happened, without the client
	 */
	public void tell(Level level, String text) {
		log(level, null, text, Map.of());
	}

	/**
	 * Logs what an event loop or a timer has to tell, on another thread.
	 * @param level how bad it is
	 * @param member whom it is about, or {@code null}
	 * @param text what happened, without the client; asked on that thread, unless nobody
	 * reads it
	 */
	public void tellAside(Level level, @Nullable Object member, Supplier<String> text) {
		tellAside(level, member, text, Map.of(), () -> () -> {
		});
	}

	/**
	 * Logs what an event loop or a timer has to tell, on another thread.
	 * @param level how bad it is
	 * @param member whom it is about, or {@code null}
	 * @param text what happened, without the client; asked on that thread, unless nobody
	 * reads it
	 * @param values further key-values
	 * @param around gives that thread what the line is to have in its MDC; the answer
	 * takes it away again
	 * @return {@code false} if it is left out, since too much waits to be written
	 */
	public boolean tellAside(Level level, @Nullable Object member, Supplier<String> text, Map<String, Object> values,
			Supplier<Runnable> around) {
		if (!isOn(level)) {
			return true;
		}
		int missing = this.leftOut.getAndSet(0);
		boolean waits = LogWriter.write(() -> {
			Runnable over = around.get();
			try {
				log(level, member, withLeftOut(text.get(), missing), values);
			}
			finally {
				over.run();
			}
		});
		if (!waits) {
			this.leftOut.addAndGet(missing + 1);
		}
		return waits;
	}

	/**
	 * Logs what may happen over and over, unless it just did; on another thread, since
	 * event loops tell it.
	 * @param level how bad it is
	 * @param member whom it is about, or {@code null}
	 * @param text what happened, without the client; asked on that thread, unless nobody
	 * reads it
	 * @return whether it was not left out
	 */
	public boolean tellSeldom(Level level, @Nullable Object member, Supplier<String> text) {
		if (!isOn(level)) {
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
		return tellAside(level, member, text, Map.of(), () -> () -> {
		});
	}

	private static String withLeftOut(String text, int lines) {
		return (lines > 0) ? text + " (" + lines + " lines like this one were left out)" : text;
	}

	private void log(Level level, @Nullable Object member, String text, Map<String, Object> values) {
		String printable = PeerText.printable(text);
		MDC.put(MDC_CLIENT, this.client);
		if (member != null) {
			MDC.put(MDC_MEMBER, member.toString());
		}
		try {
			LoggingEventBuilder line = this.logger.atLevel(level).addKeyValue("scales.client", this.client);
			if (member != null) {
				line = line.addKeyValue("scales.member", member.toString());
			}
			for (Map.Entry<String, Object> value : values.entrySet()) {
				line = line.addKeyValue(value.getKey(), value.getValue());
			}
			line.log("[{}] {}", this.client, printable);
		}
		finally {
			MDC.remove(MDC_CLIENT);
			MDC.remove(MDC_MEMBER);
		}
	}

}
