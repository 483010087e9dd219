package io.scalesrpc.serial;

import io.scalesrpc.discovery.Member;
import io.scalesrpc.transport.ConnectionFactory;
import io.scalesrpc.transport.Connector;

/**
 * Opens serial connections: name resolution, TCP and TLS, within the connect timeout.
 * <em>Immutable</em>.
 *
 * @param connector opens the channels
 * @param context what all connections of the client share
 */
public record SerialConnectionFactory(Connector connector, SerialContext context) implements ConnectionFactory {

	/**
	 * A pool needs a connection for each call at a time, and few need few event loops.
	 */
	public SerialConnectionFactory {
		connector = context.pipelined() ? connector : connector.sharingLoops();
	}

	@Override
	public void open(Member member, Listener listener) {
		SerialOpening opening = new SerialOpening(this.context, listener);
		opening.await(this.connector.connect(member, opening), this.connector.connectTimeout());
	}

	@Override
	public boolean isSerial() {
		return !this.context.pipelined();
	}

}
