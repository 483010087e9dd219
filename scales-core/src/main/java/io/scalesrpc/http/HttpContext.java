package io.scalesrpc.http;

import io.scalesrpc.discovery.Member;
import io.scalesrpc.metrics.ClientMetrics;
import io.scalesrpc.time.Ticker;
import io.scalesrpc.time.Timer;
import io.scalesrpc.transport.TransportLimits;

/**
 * What all connections of one client share. <em>Immutable</em>.
 *
 * @param options the settings
 * @param codec makes requests and reads answers
 * @param limits how much a connection may hold
 * @param metrics counts what happens
 * @param timer wakes time limits
 * @param ticker tells the time
 */
record HttpContext(HttpOptions options, HttpCodec codec, TransportLimits limits, ClientMetrics metrics, Timer timer,
		Ticker ticker) {

	/** The most that the head of a request or an answer may take. */
	static final int MAX_HEAD_BYTES = 8192;

	private static final int HTTP_PORT = 80;

	RequestFields fields() {
		return new RequestFields(this.options, this.ticker);
	}

	/** As browsers write it: without the port that http has by itself. */
	static String authority(Member member) {
		String address = member.address();
		return (member.port() == HTTP_PORT) ? address.substring(0, address.lastIndexOf(':')) : address;
	}

}
