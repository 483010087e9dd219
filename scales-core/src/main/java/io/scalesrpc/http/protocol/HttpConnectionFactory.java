package io.scalesrpc.http.protocol;

import io.scalesrpc.discovery.Member;
import io.scalesrpc.http.http1.Http1Opening;
import io.scalesrpc.http.http2.Http2Opening;
import io.scalesrpc.http.message.HttpContext;
import io.scalesrpc.transport.Alpn;
import io.scalesrpc.transport.ConnectionFactory;
import io.scalesrpc.transport.Connector;

/**
 * Opens connections: name resolution, TCP, TLS and the settings of HTTP/2, within the
 * connect timeout. <em>Immutable</em>.
 *
 * @param connector opens the channels
 * @param context what all connections of the client share
 */
record HttpConnectionFactory(Connector connector, HttpContext context) implements ConnectionFactory {

	/** Servers choose by what is offered (ALPN): HTTP/2 needs to be chosen. */
	private static final Alpn HTTP_1_1 = new Alpn("http/1.1", false);

	private static final Alpn HTTP_2 = new Alpn("h2", true);

	/**
	 * Says to servers what is spoken, where there is TLS to say it. HTTP/1.1 needs a
	 * connection for each call at a time, and few calls need few event loops.
	 */
	HttpConnectionFactory {
		connector = context.options().http2() ? connector.offering(HTTP_2)
				: connector.offering(HTTP_1_1).sharingLoops();
	}

	@Override
	public void open(Member member, Listener listener) {
		boolean tls = this.connector.speaksTls();
		String authority = HttpContext.authority(member, tls);
		if (this.context.options().http2()) {
			Http2Opening opening = new Http2Opening(this.context, authority, tls, listener);
			opening.await(this.connector.connect(member, opening), this.connector.connectTimeout());
		}
		else {
			Http1Opening opening = new Http1Opening(this.context, authority, listener);
			opening.await(this.connector.connect(member, opening), this.connector.connectTimeout());
		}
	}

	@Override
	public boolean isSerial() {
		return !this.context.options().http2();
	}

}
