package io.scalesrpc.http;

import io.scalesrpc.discovery.Member;
import io.scalesrpc.transport.ConnectionFactory;
import io.scalesrpc.transport.Connector;

/**
 * Opens HTTP/1.1 connections: name resolution and TCP, within the connect timeout.
 * <em>Immutable</em>.
 *
 * @param connector opens the channels
 * @param context what all connections of the client share
 */
record Http1ConnectionFactory(Connector connector, HttpContext context) implements ConnectionFactory {

	@Override
	public void open(Member member, Listener listener) {
		Http1Opening opening = new Http1Opening(this.context, member, listener);
		opening.await(this.connector.connect(member, opening), this.connector.connectTimeout());
	}

	@Override
	public boolean isSerial() {
		return true;
	}

}
