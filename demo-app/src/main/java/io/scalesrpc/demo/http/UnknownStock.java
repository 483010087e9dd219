package io.scalesrpc.demo.http;

/**
 * What is said where no member answers. <em>Immutable</em>.
 */
final class UnknownStock implements StockClient, StockHttp2Client {

	static final String NOBODY = "nobody (fallback)";

	@Override
	public Stock stock(String sku) {
		return new Stock(sku, -1, NOBODY);
	}

}
