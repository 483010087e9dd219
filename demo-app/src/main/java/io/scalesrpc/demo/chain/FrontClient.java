package io.scalesrpc.demo.chain;

import io.scalesrpc.client.ScalesClient;
import io.scalesrpc.demo.InOneProcess;
import io.scalesrpc.demo.pricing.Pricing;

/**
 * The client by which the controller calls the second hop. <em>Thread-safe</em>.
 */
@InOneProcess
@ScalesClient("chain-front")
interface FrontClient extends Pricing.Iface {

}
