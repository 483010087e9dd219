package io.scalesrpc.transport;

import io.scalesrpc.call.Failure;
import io.scalesrpc.discovery.Member;
import io.scalesrpc.metrics.ClientMetrics;
import io.scalesrpc.metrics.Event;

/**
 * Counts the connections that another factory opens, fails to open, and that end.
 * <em>Immutable</em>.
 *
 * @param factory opens them
 * @param metrics where they are counted
 */
public record CountingConnectionFactory(ConnectionFactory factory, ClientMetrics metrics) implements ConnectionFactory {

	@Override
	public boolean isSerial() {
		return this.factory.isSerial();
	}

	@Override
	public void open(Member member, Listener listener) {
		this.factory.open(member, new Listener() {

			@Override
			public void opened(Connection connection) {
				CountingConnectionFactory.this.metrics.count(Event.CONNECTION_OPENED);
				connection.onClosed((reason) -> CountingConnectionFactory.this.metrics.count(Event.CONNECTION_CLOSED));
				listener.opened(connection);
			}

			@Override
			public void failed(Failure failure) {
				CountingConnectionFactory.this.metrics.count(Event.CONNECTION_FAILED);
				listener.failed(failure);
			}

		});
	}

}
