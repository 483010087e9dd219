package io.scalesrpc.tls;

import java.net.InetAddress;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;

import io.scalesrpc.transport.TlsMaterial;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A server of the peer service that speaks TLS.
 *
 * @param port where it listens
 * @param stop ends it
 */
public record TlsEchoServer(int port, Runnable stop) implements AutoCloseable {

	@Override
	public void close() {
		this.stop.run();
	}

	/** A port of 127.0.0.1 that speaks the TLS of the Java runtime. */
	public static SSLServerSocket socket(TlsMaterial material, boolean mutual) throws Exception {
		assertThat(material.keys()).isNotNull();
		assertThat(material.trust()).isNotNull();
		SSLContext context = SSLContext.getInstance("TLS");
		context.init(material.keys().getKeyManagers(), material.trust().getTrustManagers(), null);
		SSLServerSocket socket = (SSLServerSocket) context.getServerSocketFactory()
			.createServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
		socket.setNeedClientAuth(mutual);
		if (!material.protocols().isEmpty()) {
			socket.setEnabledProtocols(material.protocols().toArray(String[]::new));
		}
		return socket;
	}

}
