package io.scalesrpc.thrifthttp;

import java.lang.reflect.Method;
import java.util.Map;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

import io.scalesrpc.call.Call;
import io.scalesrpc.call.MethodSpec;
import io.scalesrpc.call.Outcome;
import io.scalesrpc.http.HttpCodec;
import io.scalesrpc.http.HttpProtocol;
import io.scalesrpc.http.ScalesHttpRequest;
import io.scalesrpc.http.ScalesHttpResponse;
import io.scalesrpc.protocol.Protocol;
import io.scalesrpc.protocol.ProtocolEnvironment;
import io.scalesrpc.transport.ConnectionFactory;
import org.jspecify.annotations.Nullable;

/**
 * Thrift over HTTP that fails now and then, by an exception or an error, where it writes
 * a request, and before or after it has read a reply. <em>Thread-safe</em>.
 *
 * @param random says when
 */
record ClumsyThriftHttp(RandomGenerator random) implements Protocol {

	private static final ThriftHttpProtocol PROTOCOL = new ThriftHttpProtocol();

	@Override
	public String name() {
		return PROTOCOL.name();
	}

	@Override
	public Map<Method, ? extends MethodSpec> bind(Class<?> clientInterface, @Nullable Class<?> service) {
		return PROTOCOL.bind(clientInterface, service);
	}

	@Override
	public ConnectionFactory connections(ProtocolEnvironment environment) {
		ThriftHttpOptions options = ThriftHttpOptions.of(environment.options());
		Supplier<HttpCodec> codecs = ThriftHttpProtocol.codecs(options, environment.limits().maxFrameBytes());
		return HttpProtocol.connections(environment.withOptions(options.http()), () -> clumsy(codecs.get()));
	}

	private HttpCodec clumsy(HttpCodec codec) {
		return new HttpCodec() {

			@Override
			public ScalesHttpRequest request(Call call) {
				stumble();
				return codec.request(call);
			}

			@Override
			public Outcome outcome(Call call, ScalesHttpResponse response) {
				stumble();
				Outcome outcome = codec.outcome(call, response);
				stumble();
				return outcome;
			}

		};
	}

	private void stumble() {
		switch (this.random.nextInt(1000)) {
			case 0 -> throw new StackOverflowError("thrown by a test");
			case 1 -> throw new IllegalStateException("thrown by a test");
			default -> {
				// most of the time it does what it should
			}
		}
	}

}
