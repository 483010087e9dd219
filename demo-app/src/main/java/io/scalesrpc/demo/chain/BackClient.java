package io.scalesrpc.demo.chain;

import io.scalesrpc.client.ScalesClient;
import io.scalesrpc.demo.InOneProcess;
import io.scalesrpc.demo.pricing.Pricing;

/**
 * The client by which the second hop calls the third. <em>Thread-safe</em>.
 */
@InOneProcess
@ScalesClient("chain-back")
interface BackClient extends Pricing.Iface {

}
