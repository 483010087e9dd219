package io.scalesrpc.pool;

import io.scalesrpc.Internal;
import io.scalesrpc.call.Failure;
import io.scalesrpc.discovery.Member;
import io.scalesrpc.transport.Connection;
import io.scalesrpc.transport.ConnectionFactory;

/**
 * Opens shared pools: what it gives out as a connection is a pool whose first connection
 * stands. <em>Immutable</em>.
 *
 * @param connections opens connections that calls share
 * @param terms what the pools have in common
 */
@Internal
public record SharedPoolFactory(ConnectionFactory connections, SharedTerms terms) implements ConnectionFactory {

	@Override
	public void open(Member member, Listener listener) {
		this.connections.open(member, new Listener() {

			@Override
			public void opened(Connection connection) {
				SharedPool pool = new SharedPool(member, SharedPoolFactory.this.connections,
						SharedPoolFactory.this.terms);
				pool.begin(connection);
				listener.opened(pool);
			}

			@Override
			public void failed(Failure failure) {
				listener.failed(failure);
			}

		});
	}

}
