package io.scalesrpc.demo.http;

import io.scalesrpc.demo.InOneProcess;
import org.apache.catalina.connector.Connector;
import org.apache.coyote.http2.Http2Protocol;

import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.stereotype.Component;

/**
 * Lets the web server of the demo listen on the ports of the stock service, too: for
 * HTTP/1.1, and for HTTP/2 with prior knowledge. <em>Confined to the thread that starts
 * the application</em>.
 */
@InOneProcess
@Component
class StockConnectors implements WebServerFactoryCustomizer<TomcatServletWebServerFactory> {

	private final StockProperties properties;

	StockConnectors(StockProperties properties) {
		this.properties = properties;
	}

	@Override
	public void customize(TomcatServletWebServerFactory factory) {
		this.properties.ports().forEach((port) -> factory.addAdditionalConnectors(connector(port)));
	}

	private static Connector connector(int port) {
		Connector connector = new Connector(TomcatServletWebServerFactory.DEFAULT_PROTOCOL);
		connector.setPort(port);
		connector.setProperty("address", "localhost");
		// Tomcat's own 100 would close a connection after every hundredth call.
		connector.setProperty("maxKeepAliveRequests", "-1");
		connector.addUpgradeProtocol(new Http2Protocol());
		return connector;
	}

}
