package io.scalesrpc.http;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.logging.Level;
import java.util.logging.Logger;

import io.scalesrpc.testing.TestAuthority;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.startup.Tomcat;
import org.apache.coyote.http2.Http2Protocol;
import org.apache.tomcat.util.net.SSLHostConfig;
import org.apache.tomcat.util.net.SSLHostConfigCertificate;

/**
 * An embedded Tomcat that speaks HTTP/1.1 and HTTP/2 on each of its two ports: one
 * without TLS, one with. {@code /echo} answers with what was sent, {@code /slow} late,
 * {@code /status/<n>} with that status, anything else with the version of HTTP.
 * <em>Thread-safe</em>.
 */
final class TomcatServer implements AutoCloseable {

	/** Kept, since a logger that nobody keeps forgets its level. */
	private static final Logger logger = Logger.getLogger("org.apache");

	private final Tomcat tomcat = new Tomcat();

	private final Connector plain = connector();

	private final Connector tls = connector();

	private TomcatServer() {
	}

	static TomcatServer start(Path directory, TestAuthority authority) throws IOException, LifecycleException {
		logger.setLevel(Level.WARNING);
		TomcatServer server = new TomcatServer();
		Path certificate = directory.resolve("certificate.pem");
		Path key = directory.resolve("key.pem");
		authority.write("localhost", certificate, key);
		server.tls.setSecure(true);
		server.tls.setScheme("https");
		server.tls.setProperty("SSLEnabled", "true");
		server.tls.addSslHostConfig(host(certificate, key));
		server.tomcat.setBaseDir(directory.toString());
		server.tomcat.setConnector(server.plain);
		server.tomcat.getService().addConnector(server.tls);
		Context context = server.tomcat.addContext("", directory.toString());
		Tomcat.addServlet(context, "answers", new Answers());
		context.addServletMappingDecoded("/*", "answers");
		server.tomcat.start();
		return server;
	}

	private static Connector connector() {
		Connector connector = new Connector("HTTP/1.1");
		connector.setPort(0);
		connector.setProperty("address", "127.0.0.1");
		connector.setProperty("compression", "on");
		connector.addUpgradeProtocol(new Http2Protocol());
		return connector;
	}

	private static SSLHostConfig host(Path certificate, Path key) {
		SSLHostConfig host = new SSLHostConfig();
		SSLHostConfigCertificate own = new SSLHostConfigCertificate(host, SSLHostConfigCertificate.Type.EC);
		own.setCertificateFile(certificate.toString());
		own.setCertificateKeyFile(key.toString());
		host.addCertificate(own);
		return host;
	}

	String uri(String scheme) {
		Connector connector = scheme.equals("https") ? this.tls : this.plain;
		return scheme + "://localhost:" + connector.getLocalPort();
	}

	@Override
	public void close() throws LifecycleException {
		this.tomcat.stop();
		this.tomcat.destroy();
	}

	/** What is answered. <em>Thread-safe</em>. */
	private static final class Answers extends HttpServlet {

		private static final long serialVersionUID = 1L;

		@Override
		protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
			String path = request.getRequestURI();
			response.setContentType("text/plain");
			if (path.startsWith("/status/")) {
				response.setStatus(Integer.parseInt(path.substring("/status/".length())));
			}
			else if (path.equals("/echo")) {
				response.getOutputStream().write(request.getInputStream().readAllBytes());
			}
			else {
				if (path.equals("/slow")) {
					LockSupport.parkNanos(Duration.ofMillis(500).toNanos());
				}
				String text = request.getProtocol() + " " + request.getMethod() + " " + path;
				response.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
			}
		}

	}

}
