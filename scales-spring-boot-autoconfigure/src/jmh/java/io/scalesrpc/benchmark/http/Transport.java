package io.scalesrpc.benchmark.http;

import java.time.Duration;

import io.scalesrpc.client.ClientHandle;
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
import org.springframework.http.client.ReactorClientHttpRequestFactory;
import org.springframework.web.client.RestClient;

/**
 * What carries the requests of a {@code RestClient}: one of its own transports, as they
 * come but for as many connections as threads, Scales, or nothing at all.
 * <em>Immutable</em>.
 */
enum Transport {

	NOTHING, HTTPCOMPONENTS, REACTOR_NETTY, SCALES_HTTP1, SCALES_HTTP2;

	RestClient client(int http1, int http2, int threads) {
		return RestClient.builder()
			.baseUrl(scales() ? "http://users" : "http://localhost:" + http1)
			.requestFactory(factory(http1, http2, threads))
			.build();
	}

	private boolean scales() {
		return this == SCALES_HTTP1 || this == SCALES_HTTP2;
	}

	private ClientHttpRequestFactory factory(int http1, int http2, int threads) {
		return switch (this) {
			case NOTHING -> new Nothing();
			case HTTPCOMPONENTS -> new HttpComponentsClientHttpRequestFactory(HttpClients.custom()
				.setConnectionManager(PoolingHttpClientConnectionManagerBuilder.create()
					.setMaxConnPerRoute(threads)
					.setMaxConnTotal(threads)
					.build())
				.build());
			case REACTOR_NETTY ->
				new ReactorClientHttpRequestFactory(HttpClient.create(ConnectionProvider.create("users", threads)));
			case SCALES_HTTP1 -> new ScalesClientHttpRequestFactory(handle(http1, "1.1"));
			case SCALES_HTTP2 -> new ScalesClientHttpRequestFactory(handle(http2, "2"));
		};
	}

	private static ClientHandle<ScalesHttpClient> handle(int port, String version) {
		return ScalesClients.builder(ScalesHttpClient.class)
			.name("users")
			.protocol(new HttpProtocol())
			.option("version", version)
			.uri("tcp://localhost:" + port)
			.timeout(Duration.ofSeconds(10))
			.build();
	}

}
