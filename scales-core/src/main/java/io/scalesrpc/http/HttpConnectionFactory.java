package io.scalesrpc.http;

import io.scalesrpc.discovery.Member;
import io.scalesrpc.transport.ConnectionFactory;
import io.scalesrpc.transport.Connector;

/**
 * Opens connections: name resolution, TCP and the settings of HTTP/2, within the connect
 * timeout. <em>Immutable</em>.
 *
 * @param connector opens the channels
 * @param context what all connections of the client share
 */
record HttpConnectionFactory(Connector connector, HttpContext context) implements ConnectionFactory {

	@Override
	public void open(Member member, Listener listener) {
		if (this.context.options().http2()) {
			Http2Opening opening = new Http2Opening(this.context, member, listener);
			opening.await(this.connector.connect(member, opening), this.connector.connectTimeout());
		}
		else {
			Http1Opening opening = new Http1Opening(this.context, member, listener);
			opening.await(this.connector.connect(member, opening), this.connector.connectTimeout());
		}
	}

	@Override
	public boolean isSerial() {
		return !this.context.options().http2();
	}

}
