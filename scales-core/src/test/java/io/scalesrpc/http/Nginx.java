package io.scalesrpc.http;

import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import io.scalesrpc.testing.FreePorts;
import io.scalesrpc.testing.TestAuthority;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * An nginx with a configuration of its own, a port for every way to speak HTTP.
 * <em>Confined to the thread of the test</em>.
 */
final class Nginx {

	/** How often a connection is used. */
	static final int REQUESTS = 50;

	static final int LARGE = 4 << 20;

	private static final Path PROGRAM = Path.of("/usr/sbin/nginx");

	private static final String CONFIGURATION = """
			daemon off;
			pid @dir@/pid;
			error_log @dir@/error.log;
			worker_processes 1;
			@user@
			events { worker_connections 512; }
			http {
				access_log off;
				default_type text/plain;
				client_body_temp_path @dir@/body;
				proxy_temp_path @dir@/proxy;
				fastcgi_temp_path @dir@/fastcgi;
				uwsgi_temp_path @dir@/uwsgi;
				scgi_temp_path @dir@/scgi;
				keepalive_requests @requests@;
				client_max_body_size 0;
				ssl_certificate @dir@/certificate.pem;
				ssl_certificate_key @dir@/key.pem;
				gzip on;
				gzip_types text/plain;
				server {
					listen 127.0.0.1:@PLAIN@;
					listen 127.0.0.1:@TLS@ ssl;
					listen 127.0.0.1:@H2@ ssl http2;
					listen 127.0.0.1:@H2C@ http2;
					root @dir@/root;
					error_page 503 /sorry.txt;
					location /hello { return 200 "$server_protocol $connection $http_host"; }
					location /busy { return 503; }
					location /moved { return 302 /moved; }
					location /ignored { return 200 "ignored"; }
					location /length { proxy_pass http://127.0.0.1:@PLAIN@/count; }
					location /count { return 200 $content_length; }
				}
			}
			""";

	private final Path directory;

	private final Map<HttpWay, Integer> ports;

	private final Process process;

	private Nginx(Path directory, Map<HttpWay, Integer> ports, Process process) {
		this.directory = directory;
		this.ports = ports;
		this.process = process;
	}

	/**
	 * Starts one in a directory, which is to be empty; skips the test where there is
	 * none.
	 */
	static Nginx start(Path directory, TestAuthority authority) throws IOException {
		assumeTrue(Files.isExecutable(PROGRAM), PROGRAM + " is missing: install nginx-light to run this test");
		Map<HttpWay, Integer> ports = ports();
		String text = CONFIGURATION.replace("@dir@", directory.toString())
			.replace("@requests@", String.valueOf(REQUESTS))
			.replace("@user@", System.getProperty("user.name").equals("root") ? "user root;" : "");
		for (Map.Entry<HttpWay, Integer> port : ports.entrySet()) {
			text = text.replace("@" + port.getKey() + "@", port.getValue().toString());
		}
		Files.writeString(directory.resolve("nginx.conf"), text);
		authority.write("localhost", directory.resolve("certificate.pem"), directory.resolve("key.pem"));
		Path root = Files.createDirectory(directory.resolve("root"));
		Files.writeString(root.resolve("large.txt"), "x".repeat(LARGE));
		Files.writeString(root.resolve("sorry.txt"), "sorry");
		Nginx nginx = new Nginx(directory, ports, process(directory).start());
		nginx.awaitPort(ports.get(HttpWay.H2C));
		return nginx;
	}

	private static ProcessBuilder process(Path directory, String... arguments) {
		List<String> command = new ArrayList<>(List.of(PROGRAM.toString(), "-p", directory.toString(), "-c",
				directory.resolve("nginx.conf").toString(), "-e", directory.resolve("error.log").toString()));
		command.addAll(List.of(arguments));
		return new ProcessBuilder(command).redirectErrorStream(true)
			.redirectOutput(directory.resolve("output").toFile());
	}

	private static Map<HttpWay, Integer> ports() {
		return Map.of(HttpWay.PLAIN, FreePorts.next(), HttpWay.TLS, FreePorts.next(), HttpWay.H2, FreePorts.next(),
				HttpWay.H2C, FreePorts.next());
	}

	private void awaitPort(int port) throws IOException {
		long start = System.nanoTime();
		while (true) {
			try {
				new Socket("127.0.0.1", port).close();
				return;
			}
			catch (IOException ex) {
				assertThat(this.process.isAlive()).as(Files.readString(this.directory.resolve("output"))).isTrue();
				assertThat(System.nanoTime() - start).isLessThan(Duration.ofSeconds(20).toNanos());
				LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
			}
		}
	}

	String uri(HttpWay way) {
		return way.scheme + "://localhost:" + this.ports.get(way);
	}

	/** Starts new workers; those that there are finish what they have and end. */
	void reload() throws Exception {
		assertThat(process(this.directory, "-s", "reload").start().waitFor(20, TimeUnit.SECONDS)).isTrue();
	}

	void stop() throws InterruptedException {
		// In good order it would wait for connections that are open.
		this.process.destroy();
		assertThat(this.process.waitFor(20, TimeUnit.SECONDS)).isTrue();
	}

}
