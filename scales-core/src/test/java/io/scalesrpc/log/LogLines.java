package io.scalesrpc.log;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import org.slf4j.LoggerFactory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The lines of the loggers of one client, in memory. <em>Confined to the thread of the
 * test</em>.
 */
public final class LogLines implements AutoCloseable {

	private final ListAppender<ILoggingEvent> appender = new ListAppender<>() {

		@Override
		protected void append(ILoggingEvent event) {
			// The MDC of now.
			event.prepareForDeferredProcessing();
			super.append(event);
		}

	};

	private final Logger logger;

	private LogLines(String client) {
		this.logger = (Logger) LoggerFactory.getLogger(ClientLog.PREFIX + client);
		this.appender.start();
		this.logger.setLevel(Level.INFO);
		this.logger.setAdditive(false);
		this.logger.addAppender(this.appender);
	}

	/**
	 * Listens from now on.
	 * @param client the name of the client
	 * @return to be closed
	 */
	public static LogLines of(String client) {
		return new LogLines(client);
	}

	/**
	 * Waits for what is being written.
	 * @return all lines so far
	 */
	public List<ILoggingEvent> events() {
		await();
		return List.copyOf(this.appender.list);
	}

	/**
	 * Waits for what is being written.
	 * @return all lines so far, with their level
	 */
	public List<String> lines() {
		return events().stream().map((event) -> event.getLevel() + " " + event.getFormattedMessage()).toList();
	}

	/**
	 * The key-values of a line.
	 * @param line from 0
	 * @return as {@code key=value}
	 */
	public List<String> keys(int line) {
		return events().get(line).getKeyValuePairs().stream().map((pair) -> pair.key + "=" + pair.value).toList();
	}

	/** Waits until what was told so far is written. */
	public static void await() {
		CountDownLatch written = new CountDownLatch(1);
		long start = System.nanoTime();
		while (!LogWriter.write(written::countDown)) {
			assertThat(System.nanoTime() - start).isLessThan(TimeUnit.SECONDS.toNanos(10));
			Thread.onSpinWait();
		}
		try {
			assertThat(written.await(10, TimeUnit.SECONDS)).isTrue();
		}
		catch (InterruptedException ex) {
			throw new AssertionError(ex);
		}
	}

	Logger logger() {
		return this.logger;
	}

	@Override
	public void close() {
		await();
		this.logger.detachAppender(this.appender);
		this.logger.setAdditive(true);
		this.logger.setLevel(null);
	}

}
