package io.scalesrpc.thrifthttp;

import java.util.logging.Logger;

import io.scalesrpc.thrift.RawMessage;
import io.scalesrpc.thrift.ThriftEncoding;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.startup.Tomcat;
import org.apache.coyote.http2.Http2Protocol;
import org.apache.thrift.TProcessor;
import org.apache.thrift.server.TServlet;

/**
 * libthrift's servlet in a Tomcat, at {@code /thrift}; anywhere else is nothing.
 * HTTP/1.1, and HTTP/2 for who speaks it at once. <em>Confined to the thread of the
 * test</em>.
 */
public final class ServletServer implements AutoCloseable {

	/** Kept: a logger that nobody holds forgets what it was told. */
	private static final Logger LOGGER = Logger.getLogger("org.apache");

	private final Tomcat tomcat = new Tomcat();

	/**
	 * Starts a server on a free port.
	 * @param processor serves the calls
	 * @param encoding how messages are written
	 */
	public ServletServer(TProcessor processor, ThriftEncoding encoding) throws LifecycleException {
		LOGGER.setUseParentHandlers(false);
		this.tomcat.setBaseDir("target/tomcat");
		Connector connector = new Connector();
		connector.setPort(0);
		connector.setProperty("address", "127.0.0.1");
		connector.setProperty("maxKeepAliveRequests", "-1");
		connector.setProperty("compression", "on");
		connector.setProperty("compressibleMimeType", "application/x-thrift");
		connector.addUpgradeProtocol(http2());
		this.tomcat.setConnector(connector);
		Context context = this.tomcat.addContext("", null);
		Tomcat.addServlet(context, "thrift",
				new TServlet(processor, (transport) -> RawMessage.libthrift(encoding, transport)));
		context.addServletMappingDecoded("/thrift", "thrift");
		this.tomcat.start();
	}

	/** Two resets in a row make it hang up on a client, unless told otherwise. */
	private static Http2Protocol http2() {
		Http2Protocol http2 = new Http2Protocol();
		http2.setOverheadResetFactor(0);
		return http2;
	}

	/** Where it listens. */
	public int port() {
		return this.tomcat.getConnector().getLocalPort();
	}

	@Override
	public void close() throws LifecycleException {
		this.tomcat.stop();
		this.tomcat.destroy();
	}

}
