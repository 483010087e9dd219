package io.scalesrpc.demo.http;

import io.scalesrpc.client.ScalesClient;

/**
 * The stock service over HTTP/2. <em>Thread-safe</em>.
 */
@ScalesClient(value = "stock-http2", fallback = UnknownStock.class)
interface StockHttp2Client extends StockCalls {

}
