package io.scalesrpc.demo.chain;

import java.util.List;

import io.scalesrpc.demo.pricing.Price;
import io.scalesrpc.demo.pricing.Pricing;
import org.apache.thrift.TException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The second hop: asks the third, and knows nothing of deadlines. <em>Thread-safe</em>.
 *
 * @param back calls the third hop
 * @param sightings notes when it works
 */
record FrontHandler(BackClient back, Sightings sightings) implements Pricing.Iface {

	private static final Logger logger = LoggerFactory.getLogger(FrontHandler.class);

	@Override
	public Price price(String sku) throws TException {
		this.sightings.atWork(Hop.FRONT, sku);
		try {
			return this.back.price(sku);
		}
		finally {
			this.sightings.atWork(Hop.FRONT, sku);
		}
	}

	@Override
	public List<String> catalogue() {
		return List.of();
	}

	@Override
	public void viewed(String sku) throws TException {
		logger.info("a view of {}: the third hop is to know", sku);
		this.back.viewed(sku);
	}

}
