package io.scalesrpc.thrifthttp;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

import io.scalesrpc.Internal;
import io.scalesrpc.http.ScalesHttpRequest;
import io.scalesrpc.http.message.HttpCodec;
import io.scalesrpc.http.protocol.HttpProtocol;
import io.scalesrpc.protocol.ProtocolEnvironment;
import io.scalesrpc.thrift.ThriftCarrier;
import io.scalesrpc.thrift.ThriftCodec;
import io.scalesrpc.transport.ConnectionFactory;

/**
 * The protocol {@code thrift-http}: Thrift messages in the bodies of POST requests and
 * their answers. Its options: {@code path} (/), {@code encoding} (binary, compact, json),
 * {@code service-name} (behind a {@code TMultiplexedProcessor}), and those of
 * {@code http}, but for {@code failure-statuses} (every status except 200 is a failure)
 * and {@code body-idle-timeout}. <em>Immutable</em>.
 */
@Internal
public final class ThriftHttpProtocol implements ThriftCarrier {

	/** Made by the {@link java.util.ServiceLoader}. */
	public ThriftHttpProtocol() {
	}

	@Override
	public String name() {
		return "thrift-http";
	}

	@Override
	public String exampleUri() {
		return "http://localhost:8080";
	}

	@Override
	public boolean isHttp() {
		return true;
	}

	@Override
	public Set<String> options(Map<String, String> given) {
		return ThriftHttpOptions.names(given);
	}

	@Override
	public Map<String, String> unheeded(Map<String, String> options) {
		return Map.of(CLIENT_ID, "HTTP has no name for it; a header has the name that the server looks for");
	}

	@Override
	public ConnectionFactory connections(ProtocolEnvironment environment) {
		ThriftHttpOptions options = ThriftHttpOptions.of(environment.options());
		return HttpProtocol.connections(environment.withOptions(options.http()),
				codecs(options, environment.limits().maxFrameBytes()));
	}

	/**
	 * One for every time that a call is sent. Sequence ids are those of the client and
	 * not of a connection: a proxy that mixes up its connections is found out, too.
	 */
	static Supplier<HttpCodec> codecs(ThriftHttpOptions options, int maxBytes) {
		ThriftCodec messages = new ThriftCodec(options.encoding(), maxBytes, ThriftCodec.DEFAULT_MAX_DEPTH)
			.forService(options.serviceName());
		ScalesHttpRequest empty = ScalesHttpRequest.of("POST", options.path())
			.header("Content-Type", ThriftHttpCodec.MEDIA_TYPE)
			.header("Accept", ThriftHttpCodec.MEDIA_TYPE);
		AtomicInteger sequenceIds = new AtomicInteger();
		return () -> new ThriftHttpCodec(messages, empty, sequenceIds.incrementAndGet());
	}

}
