package io.scalesrpc.http.message;

import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

import io.scalesrpc.discovery.Member;
import io.scalesrpc.discovery.WebScheme;
import io.scalesrpc.metrics.ClientMetrics;
import io.scalesrpc.time.Ticker;
import io.scalesrpc.time.Timer;
import io.scalesrpc.transport.TransportLimits;

/**
 * What all connections of one client share. <em>Immutable</em> but for what servers said.
 *
 * @param options the settings
 * @param codecs makes what makes a request and reads its answer
 * @param limits how much a connection may hold
 * @param metrics counts what happens
 * @param timer wakes time limits
 * @param ticker tells the time
 * @param keepAlive what the last server to say how long it keeps idle connections said
 */
public record HttpContext(HttpOptions options, Supplier<HttpCodec> codecs, TransportLimits limits,
		ClientMetrics metrics, Timer timer, Ticker ticker, AtomicReference<String> keepAlive) {

	public HttpContext(HttpOptions options, Supplier<HttpCodec> codecs, TransportLimits limits, ClientMetrics metrics,
			Timer timer, Ticker ticker) {
		this(options, codecs, limits, metrics, timer, ticker, new AtomicReference<>(""));
	}

	public RequestFields fields() {
		return new RequestFields(this.options, this.ticker);
	}

	/**
	 * As browsers write it: the name that the user wrote, though it was looked up, an
	 * address without its zone, and no port that the scheme has by itself.
	 */
	public static String authority(Member member, boolean tls) {
		String host = member.hostName();
		if (host.indexOf(':') >= 0) {
			int zone = host.indexOf('%');
			host = "[" + ((zone >= 0) ? host.substring(0, zone) : host) + "]";
		}
		WebScheme scheme = (tls) ? WebScheme.HTTPS : WebScheme.HTTP;
		return (member.port() == scheme.port()) ? host : host + ":" + member.port();
	}

}
