package io.scalesrpc.http;

import java.util.function.Supplier;

import io.scalesrpc.discovery.Member;
import io.scalesrpc.discovery.WebScheme;
import io.scalesrpc.metrics.ClientMetrics;
import io.scalesrpc.time.Ticker;
import io.scalesrpc.time.Timer;
import io.scalesrpc.transport.TransportLimits;

/**
 * What all connections of one client share. <em>Immutable</em>.
 *
 * @param options the settings
 * @param codecs makes what makes a request and reads its answer
 * @param limits how much a connection may hold
 * @param metrics counts what happens
 * @param timer wakes time limits
 * @param ticker tells the time
 */
record HttpContext(HttpOptions options, Supplier<HttpCodec> codecs, TransportLimits limits, ClientMetrics metrics,
		Timer timer, Ticker ticker) {

	RequestFields fields() {
		return new RequestFields(this.options, this.ticker);
	}

	/** As browsers write it: without the port that the scheme has by itself. */
	static String authority(Member member, boolean tls) {
		String address = member.address();
		WebScheme scheme = (tls) ? WebScheme.HTTPS : WebScheme.HTTP;
		return (member.port() == scheme.port()) ? address.substring(0, address.lastIndexOf(':')) : address;
	}

}
