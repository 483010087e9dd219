package io.scalesrpc.benchmark.http;

import java.net.http.HttpClient.Version;
import java.time.Duration;

import io.scalesrpc.benchmark.load.BlockingEchoClient;
import io.scalesrpc.benchmark.load.Client;
import io.scalesrpc.benchmark.load.EchoClient;
import io.scalesrpc.client.ScalesClients;
import io.scalesrpc.http.ScalesHttpClient;
import io.scalesrpc.http.protocol.HttpProtocol;
import io.scalesrpc.spring.http.ScalesClientHttpRequestFactory;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;

import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.http.client.HttpComponentsClientHttpRequestFactory;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.http.client.ReactorClientHttpRequestFactory;
import org.springframework.web.client.RestClient;

/**
 * Transports as they come, but for as many connections as calls, and Scales with its
 * whole stack. <em>Stateless</em>.
 */
public final class RestClients {

	private RestClients() {
	}

	/**
	 * Runs a client.
	 * @param args as {@link Client#run} has them
	 */
	public static void main(String[] args) throws Exception {
		Client.run(args, RestClients::create);
	}

	private static EchoClient create(String name, int port, int concurrency) {
		boolean scales = name.startsWith("rest-scales-");
		RestClient client = RestClient.builder()
			.baseUrl(scales ? "http://echo" : "http://localhost:" + port)
			.requestFactory(
					scales ? scales(name.substring("rest-scales-http".length()), port) : factory(name, concurrency))
			.build();
		return (BlockingEchoClient) (text) -> client.post().uri("/echo").body(text).retrieve().body(String.class);
	}

	private static ClientHttpRequestFactory scales(String version, int port) {
		return new ScalesClientHttpRequestFactory(ScalesClients.builder(ScalesHttpClient.class)
			.name("echo")
			.protocol(new HttpProtocol())
			.option("version", version.equals("1") ? "1.1" : version)
			.uri("tcp://localhost:" + port)
			.timeout(Duration.ofSeconds(10))
			.build());
	}

	private static ClientHttpRequestFactory factory(String name, int connections) {
		return switch (name) {
			case "rest-httpclient5" -> new HttpComponentsClientHttpRequestFactory(HttpClients.custom()
				.setConnectionManager(PoolingHttpClientConnectionManagerBuilder.create()
					.setMaxConnPerRoute(connections)
					.setMaxConnTotal(connections)
					.build())
				.build());
			case "rest-reactor-netty" ->
				new ReactorClientHttpRequestFactory(HttpClient.create(ConnectionProvider.create("echo", connections)));
			case "rest-nothing" -> new Nothing();
			case "rest-jdk" -> new JdkClientHttpRequestFactory(
					java.net.http.HttpClient.newBuilder().version(Version.HTTP_1_1).build());
			default -> throw Client.unknown(name);
		};
	}

}
