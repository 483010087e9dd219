package io.scalesrpc.thrifthttp;

import java.lang.reflect.Method;
import java.util.Map;
import java.util.function.Supplier;

import io.scalesrpc.call.MethodSpec;
import io.scalesrpc.http.ClumsyCodec;
import io.scalesrpc.http.message.HttpCodec;
import io.scalesrpc.http.protocol.HttpProtocol;
import io.scalesrpc.protocol.Protocol;
import io.scalesrpc.protocol.ProtocolEnvironment;
import io.scalesrpc.testing.Stumbling;
import io.scalesrpc.transport.ConnectionFactory;
import org.jspecify.annotations.Nullable;

/**
 * Thrift over HTTP that fails now and then, by an exception or an error, where it writes
 * a request, and before or after it has read a reply. <em>Thread-safe</em>.
 *
 * @param stumbling says when
 */
record ClumsyThriftHttp(Stumbling stumbling) implements Protocol {

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
		return HttpProtocol.connections(environment.withOptions(options.http()),
				() -> new ClumsyCodec(codecs.get(), this.stumbling));
	}

}
