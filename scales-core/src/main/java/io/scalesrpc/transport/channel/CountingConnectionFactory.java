package io.scalesrpc.transport.channel;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.scalesrpc.Internal;
import io.scalesrpc.call.Failure;
import io.scalesrpc.call.FailureKind;
import io.scalesrpc.discovery.Member;
import io.scalesrpc.metrics.ClientMetrics;
import io.scalesrpc.metrics.Event;
import io.scalesrpc.metrics.MeterNames;
import io.scalesrpc.time.Ticker;
import io.scalesrpc.transport.Connection;
import io.scalesrpc.transport.ConnectionFactory;

/**
 * Counts the connections that another factory opens, fails to open, and that end, and
 * keeps it to its promise to tell so once and not to throw. <em>Thread-safe</em>.
 */
@Internal
public final class CountingConnectionFactory implements ConnectionFactory {

	private final ConnectionFactory factory;

	private final ClientMetrics metrics;

	private final Ticker ticker;

	/** By outcome, made by the first that has it: a start has enough to do. */
	private final Map<String, Timer> timers = new ConcurrentHashMap<>();

	/**
	 * Creates a factory.
	 * @param factory opens connections
	 * @param metrics where they are counted
	 * @param ticker tells how long opening them took
	 */
	public CountingConnectionFactory(ConnectionFactory factory, ClientMetrics metrics, Ticker ticker) {
		this.factory = factory;
		this.metrics = metrics;
		this.ticker = ticker;
	}

	@Override
	public boolean isSerial() {
		return this.factory.isSerial();
	}

	/**
	 * Whoever opens connections is told of each attempt, also of one that throws: else
	 * nobody would try again.
	 */
	@Override
	public void open(Member member, Listener listener) {
		Attempt attempt = new Attempt(listener);
		try {
			this.factory.open(member, attempt);
		}
		catch (Throwable ex) {
			attempt.failed(Failure.of(FailureKind.NOT_SENT, "cannot connect: " + SessionEnd.text(ex), ex));
		}
	}

	/** Two threads that come at once get the same timer from the registry. */
	private Timer timer(String outcome) {
		Timer timer = this.timers.get(outcome);
		if (timer == null) {
			timer = this.metrics.timer(MeterNames.CONNECTING, Tags.of("outcome", outcome));
			this.timers.put(outcome, timer);
		}
		return timer;
	}

	/** Tells the first result and no other. <em>Thread-safe</em>. */
	private final class Attempt implements Listener {

		private final Listener listener;

		private final long began = CountingConnectionFactory.this.ticker.nanos();

		private final AtomicBoolean told = new AtomicBoolean();

		Attempt(Listener listener) {
			this.listener = listener;
		}

		@Override
		public void opened(Connection connection) {
			if (!this.told.compareAndSet(false, true)) {
				connection.close(Duration.ZERO);
				return;
			}
			long nanos = passed();
			ClientMetrics metrics = CountingConnectionFactory.this.metrics;
			metrics.count(Event.CONNECTION_OPENED);
			connection.onClosed((reason) -> metrics.count(Event.CONNECTION_CLOSED));
			this.listener.opened(connection);
			record("success", nanos);
		}

		@Override
		public void failed(Failure failure) {
			if (this.told.compareAndSet(false, true)) {
				long nanos = passed();
				CountingConnectionFactory.this.metrics.count(Event.CONNECTION_FAILED);
				this.listener.failed(failure);
				record("failure", nanos);
			}
		}

		private long passed() {
			return CountingConnectionFactory.this.ticker.nanos() - this.began;
		}

		/**
		 * Last: a registry that refuses a new meter must not keep who waits from the
		 * connection.
		 */
		private void record(String outcome, long nanos) {
			timer(outcome).record(nanos, TimeUnit.NANOSECONDS);
		}

	}

}
