package io.scalesrpc.failing;

import java.lang.reflect.Proxy;
import java.time.Duration;

import io.scalesrpc.call.ScalesException;
import io.scalesrpc.client.ClientHandle;
import io.scalesrpc.client.ClientResources;
import io.scalesrpc.client.ScalesClients;
import io.scalesrpc.server.ThriftMuxServer;
import io.scalesrpc.test.peer.PeerService;
import org.apache.thrift.TException;

/**
 * A service on a real server, with a real client of its own for whoever calls it.
 * <em>Thread-safe</em>.
 */
final class Layer implements AutoCloseable {

	private final ThriftMuxServer server;

	private final ClientHandle<PeerService.Iface> client;

	/**
	 * Starts a service.
	 * @param name of its client
	 * @param work what it does with every request
	 * @param manners how its client retries
	 * @param resources the threads of its client
	 */
	Layer(String name, Work work, Manners manners, ClientResources resources) {
		this.server = ThriftMuxServer.builder().service(PeerService.class, handler(work)).build().start();
		this.client = manners.of(ScalesClients.builder(PeerService.Iface.class))
			.name(name)
			.uri("tcp://127.0.0.1:" + this.server.port())
			.resources(resources)
			// of a machine that does other things as well
			.connectTimeout(Duration.ofSeconds(10))
			.closeGrace(Duration.ZERO)
			.build();
	}

	/** A layer that calls another one. */
	static Layer above(Layer next, String name, Manners manners, ClientResources resources) {
		return new Layer(name, () -> next.callFrom(manners), manners, resources);
	}

	/** Calls the service, as its user does. */
	int call() throws TException {
		return this.client.proxy().whoami();
	}

	/** Another interface to call it by. */
	<P> P proxy(Class<P> type) {
		return this.client.proxy(type);
	}

	private int callFrom(Manners manners) throws TException {
		manners.begin();
		try {
			return call();
		}
		catch (ScalesException ex) {
			throw manners.passOn(ex);
		}
	}

	/** How many requests came in. */
	long requests() {
		return this.server.stats().requests();
	}

	@Override
	public void close() {
		this.client.close();
		this.server.close(Duration.ofSeconds(5)).toCompletableFuture().join();
	}

	private static PeerService.Iface handler(Work work) {
		return (PeerService.Iface) Proxy.newProxyInstance(Layer.class.getClassLoader(),
				new Class<?>[] { PeerService.Iface.class }, (proxy, method, arguments) -> work.run());
	}

	/** What a service does. */
	@FunctionalInterface
	interface Work {

		int run() throws TException;

	}

}
