package io.scalesrpc.demo;

import io.scalesrpc.client.ScalesClient;
import io.scalesrpc.demo.pricing.Pricing;

import org.springframework.context.annotation.Profile;

/**
 * The pricing service as blocking calls: everything comes from the generated interface.
 * <em>Thread-safe</em>.
 */
@Profile("!fleet & !visitors")
@ScalesClient("pricing")
public interface PricingClient extends Pricing.Iface {

}
