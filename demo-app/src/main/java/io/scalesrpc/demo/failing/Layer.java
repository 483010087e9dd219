package io.scalesrpc.demo.failing;

import java.time.Duration;
import java.util.List;

import io.scalesrpc.call.Idempotence;
import io.scalesrpc.call.ScalesException;
import io.scalesrpc.client.ClientBuilder;
import io.scalesrpc.client.ClientHandle;
import io.scalesrpc.client.ClientResources;
import io.scalesrpc.client.ScalesClients;
import io.scalesrpc.demo.pricing.Price;
import io.scalesrpc.demo.pricing.Pricing;
import io.scalesrpc.retry.RetrySettings;
import io.scalesrpc.server.ThriftMuxServer;
import org.apache.thrift.TApplicationException;
import org.apache.thrift.TException;
import org.jspecify.annotations.Nullable;

/**
 * A service that asks the one below, which fails in the end, and the client it is called
 * by: four tries for every call. <em>Thread-safe</em>.
 */
final class Layer implements Pricing.Iface, AutoCloseable {

	private static final int TRIES = 4;

	private final @Nullable Layer below;

	private final Manners manners;

	private final ThriftMuxServer server;

	private final ClientHandle<Pricing.Iface> client;

	/**
	 * Starts a service.
	 * @param number of its layer, the first being that which users call
	 * @param below the service it asks; {@code null} for the one that fails
	 * @param manners how it is called
	 * @param resources threads for its client
	 */
	Layer(int number, @Nullable Layer below, Manners manners, ClientResources resources) {
		this.below = below;
		this.manners = manners;
		this.server = ThriftMuxServer.builder().service(Pricing.class, this).build().start();
		ClientBuilder<Pricing.Iface> builder = ScalesClients.builder(Pricing.Iface.class)
			.name("layer-" + number)
			.uri("tcp://127.0.0.1:" + this.server.port())
			.resources(resources)
			.closeGrace(Duration.ZERO)
			.callOption(Idempotence.KEY, true)
			.callOption(RetrySettings.KEY, RetrySettings.DEFAULT.withMaxAttempts(TRIES));
		manners.apply(builder);
		this.client = builder.build();
	}

	/** A call as the layer above makes it, or a user. */
	Price call(String sku) throws TException {
		return this.client.proxy().price(sku);
	}

	/** How many requests came in. */
	long requests() {
		return this.server.stats().requests();
	}

	@Override
	public Price price(String sku) throws TException {
		if (this.below == null) {
			throw new TApplicationException(TApplicationException.INTERNAL_ERROR, "no database");
		}
		this.manners.begin();
		try {
			return this.below.call(sku);
		}
		catch (ScalesException ex) {
			throw this.manners.passOn(ex);
		}
	}

	@Override
	public List<String> catalogue() {
		return List.of();
	}

	@Override
	public void viewed(String sku) {
		// Nobody counts.
	}

	@Override
	public void close() {
		this.client.close();
		this.server.close();
	}

}
