package io.scalesrpc.transport;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

import io.scalesrpc.call.Failure;
import io.scalesrpc.call.FailureKind;
import io.scalesrpc.discovery.Member;
import io.scalesrpc.metrics.ClientMetrics;
import io.scalesrpc.metrics.Event;

/**
 * Counts the connections that another factory opens, fails to open, and that end, and
 * keeps it to its promise to tell so once and not to throw. <em>Immutable</em>.
 *
 * @param factory opens them
 * @param metrics where they are counted
 */
public record CountingConnectionFactory(ConnectionFactory factory, ClientMetrics metrics) implements ConnectionFactory {

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
		Attempt attempt = new Attempt(listener, this.metrics);
		try {
			this.factory.open(member, attempt);
		}
		catch (Throwable ex) {
			attempt.failed(Failure.of(FailureKind.NOT_SENT, "cannot connect: " + SessionEnd.text(ex), ex));
		}
	}

	/** Tells the first result and no other. <em>Thread-safe</em>. */
	private static final class Attempt implements Listener {

		private final Listener listener;

		private final ClientMetrics metrics;

		private final AtomicBoolean told = new AtomicBoolean();

		Attempt(Listener listener, ClientMetrics metrics) {
			this.listener = listener;
			this.metrics = metrics;
		}

		@Override
		public void opened(Connection connection) {
			if (!this.told.compareAndSet(false, true)) {
				connection.close(Duration.ZERO);
				return;
			}
			this.metrics.count(Event.CONNECTION_OPENED);
			connection.onClosed((reason) -> this.metrics.count(Event.CONNECTION_CLOSED));
			this.listener.opened(connection);
		}

		@Override
		public void failed(Failure failure) {
			if (this.told.compareAndSet(false, true)) {
				this.metrics.count(Event.CONNECTION_FAILED);
				this.listener.failed(failure);
			}
		}

	}

}
