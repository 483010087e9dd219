package io.scalesrpc.http.message;

import java.lang.reflect.Method;
import java.util.Map;

import io.scalesrpc.call.MethodSpec;
import io.scalesrpc.http.ClumsyCodec;
import io.scalesrpc.http.protocol.HttpProtocol;
import io.scalesrpc.http.protocol.PlainHttp;
import io.scalesrpc.protocol.Protocol;
import io.scalesrpc.protocol.ProtocolEnvironment;
import io.scalesrpc.testing.Stumbling;
import io.scalesrpc.transport.ConnectionFactory;
import org.jspecify.annotations.Nullable;

/**
 * HTTP with a {@link ClumsyCodec}. <em>Thread-safe</em>.
 *
 * @param stumbling says when it fails
 */
public record ClumsyHttp(Stumbling stumbling) implements Protocol {

	private static final HttpProtocol PROTOCOL = new HttpProtocol();

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
		PlainHttp plain = new PlainHttp(HttpOptions.of(environment.options()).rules());
		HttpCodec clumsy = new ClumsyCodec(plain, this.stumbling);
		return HttpProtocol.connections(environment, () -> clumsy);
	}

}
