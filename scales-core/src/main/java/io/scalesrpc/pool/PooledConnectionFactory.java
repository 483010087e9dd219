package io.scalesrpc.pool;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToIntFunction;

import io.micrometer.core.instrument.Tags;

import io.scalesrpc.Internal;
import io.scalesrpc.call.Failure;
import io.scalesrpc.discovery.Member;
import io.scalesrpc.metrics.ClientMetrics;
import io.scalesrpc.metrics.MeterNames;
import io.scalesrpc.transport.Connection;
import io.scalesrpc.transport.ConnectionFactory;

/**
 * Opens pools: what it gives out as a connection is a pool whose first connection stands.
 * So whoever replaces connections that die replaces pools that have none left and get
 * none, with the same back-off and one attempt at a time. <em>Thread-safe</em>.
 */
@Internal
public final class PooledConnectionFactory implements ConnectionFactory {

	private final ConnectionFactory connections;

	private final PoolTerms terms;

	/** Those that are not closed, for the gauges. */
	private final Set<WatermarkPool> pools = ConcurrentHashMap.newKeySet();

	/**
	 * Creates a factory.
	 * @param connections opens connections that take one call at a time
	 * @param terms what the pools have in common
	 * @param metrics where pools are shown
	 */
	public PooledConnectionFactory(ConnectionFactory connections, PoolTerms terms, ClientMetrics metrics) {
		this.connections = connections;
		this.terms = terms;
		metrics.gauge(MeterNames.POOL_CONNECTIONS, Tags.of("state", "idle"), this,
				(factory) -> factory.sum(WatermarkPool::idleConnections));
		metrics.gauge(MeterNames.POOL_CONNECTIONS, Tags.of("state", "busy"), this,
				(factory) -> factory.sum(WatermarkPool::busyConnections));
		metrics.gauge(MeterNames.POOL_WAITING, this, (factory) -> factory.sum(WatermarkPool::waitingCalls));
	}

	@Override
	public void open(Member member, Listener listener) {
		this.connections.open(member, new Listener() {

			@Override
			public void opened(Connection connection) {
				listener.opened(pool(member, connection));
			}

			@Override
			public void failed(Failure failure) {
				listener.failed(failure);
			}

		});
	}

	private WatermarkPool pool(Member member, Connection first) {
		WatermarkPool pool = new WatermarkPool(new PoolGrowth(member, this.connections, this.terms), this.terms);
		this.pools.add(pool);
		pool.onClosed((reason) -> this.pools.remove(pool));
		pool.begin(first);
		return pool;
	}

	private double sum(ToIntFunction<WatermarkPool> count) {
		return this.pools.stream().mapToInt(count).sum();
	}

}
