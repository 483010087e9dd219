package io.scalesrpc.demo.http;

import io.scalesrpc.client.ScalesClient;
import io.scalesrpc.demo.InOneProcess;

/**
 * The stock service over HTTP/2. <em>Thread-safe</em>.
 */
@InOneProcess
@ScalesClient(value = "stock-http2", fallback = UnknownStock.class)
interface StockHttp2Client extends StockCalls {

}
