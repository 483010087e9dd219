package io.scalesrpc.demo.http;

/**
 * How a member of the stock service behaves.
 */
enum Manner {

	WELL, SLOW, FAILING

}
