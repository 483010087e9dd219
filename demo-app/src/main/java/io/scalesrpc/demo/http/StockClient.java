package io.scalesrpc.demo.http;

import io.scalesrpc.client.ScalesClient;
import io.scalesrpc.demo.InOneProcess;

/**
 * The stock service over HTTP/1.1. <em>Thread-safe</em>.
 */
@InOneProcess
@ScalesClient(value = "stock", fallback = UnknownStock.class)
interface StockClient extends StockCalls {

}
