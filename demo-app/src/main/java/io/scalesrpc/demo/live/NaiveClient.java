package io.scalesrpc.demo.live;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicInteger;

import io.scalesrpc.demo.InOneProcess;
import io.scalesrpc.demo.fleet.FleetProperties;
import io.scalesrpc.demo.pricing.Price;
import io.scalesrpc.demo.pricing.Pricing;
import io.scalesrpc.demo.pricing.UnknownProduct;
import org.apache.thrift.TException;
import org.apache.thrift.protocol.TBinaryProtocol;
import org.apache.thrift.transport.TSocket;
import org.apache.thrift.transport.TTransport;
import org.apache.thrift.transport.TTransportException;
import org.apache.thrift.transport.layered.TFramedTransport;

import org.springframework.stereotype.Component;

/**
 * A client of libthrift as people write it: the servers from ZooKeeper, one after the
 * other, a pool of connections, and three retries, at once, of whatever went wrong. It is
 * no straw man: each line of it is found in services that have run for years.
 * <em>Thread-safe</em>.
 */
@InOneProcess
@Component
final class NaiveClient implements Caller, AutoCloseable {

	private static final int RETRIES = 3;

	/** As long as a try of the other client. */
	private static final int TIMEOUT_MILLIS = 250;

	private final Map<String, Deque<TTransport>> pools = new ConcurrentHashMap<>();

	private final AtomicInteger next = new AtomicInteger();

	private final NaiveDiscovery discovery;

	NaiveClient(FleetProperties properties) {
		this.discovery = new NaiveDiscovery(properties.zooKeeper());
	}

	@Override
	public Price price(String sku) throws Exception {
		for (int retry = 0;; retry++) {
			try {
				return attempt(sku);
			}
			catch (UnknownProduct ex) {
				throw ex;
			}
			catch (TException | IOException ex) {
				if (retry == RETRIES) {
					throw ex;
				}
			}
		}
	}

	private Price attempt(String sku) throws Exception {
		List<String> servers = this.discovery.servers();
		String server = servers.get(Math.floorMod(this.next.getAndIncrement(), servers.size()));
		TTransport connection = borrow(server);
		try {
			return new Pricing.Client(new TBinaryProtocol(connection)).price(sku);
		}
		catch (TTransportException ex) {
			if (!(ex.getCause() instanceof SocketTimeoutException)) {
				connection.close();
			}
			throw ex;
		}
		finally {
			// The bug that Scales was born from: after a time-out the connection is open,
			// and the
			// reply to this call will be the reply to the next one.
			if (connection.isOpen()) {
				pool(server).push(connection);
			}
		}
	}

	private TTransport borrow(String server) throws TTransportException {
		TTransport pooled = pool(server).poll();
		if (pooled != null) {
			return pooled;
		}
		int colon = server.lastIndexOf(':');
		TTransport made = new TFramedTransport(
				new TSocket(server.substring(0, colon), Integer.parseInt(server.substring(colon + 1)), TIMEOUT_MILLIS));
		made.open();
		return made;
	}

	private Deque<TTransport> pool(String server) {
		return this.pools.computeIfAbsent(server, (none) -> new ConcurrentLinkedDeque<>());
	}

	/** As if its process were started anew: without a connection. */
	void restart() {
		this.pools.values().forEach((pool) -> {
			for (TTransport idle = pool.poll(); idle != null; idle = pool.poll()) {
				idle.close();
			}
		});
	}

	@Override
	public void close() {
		restart();
		this.discovery.close();
	}

}
