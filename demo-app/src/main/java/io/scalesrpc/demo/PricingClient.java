package io.scalesrpc.demo;

import io.scalesrpc.client.ScalesClient;
import io.scalesrpc.demo.pricing.Pricing;

/**
 * The pricing service as blocking calls: everything comes from the generated interface.
 * <em>Thread-safe</em>.
 */
@ScalesClient("pricing")
public interface PricingClient extends Pricing.Iface {

}
