package io.scalesrpc.demo.http;

import io.scalesrpc.client.ScalesClient;

/**
 * The stock service over HTTP/1.1. <em>Thread-safe</em>.
 */
@ScalesClient(value = "stock", fallback = UnknownStock.class)
interface StockClient extends StockCalls {

}
