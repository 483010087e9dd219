package io.scalesrpc.spring.http;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

import io.scalesrpc.call.MethodSpec;
import io.scalesrpc.http.ScalesHttpClient;
import io.scalesrpc.http.protocol.HttpProtocol;
import io.scalesrpc.protocol.Protocol;
import io.scalesrpc.protocol.ProtocolEnvironment;
import io.scalesrpc.transport.ConnectionFactory;
import org.jspecify.annotations.Nullable;

/**
 * The protocol {@code http} where interfaces may have Spring's annotations: such an
 * interface is the service, and its methods have settings by their names. Several
 * interfaces may share a client, so the methods of all are known to it.
 * <em>Thread-safe</em>.
 */
final class SpringHttpProtocol implements Protocol {

	private final HttpProtocol protocol = new HttpProtocol();

	private final Supplier<List<Class<?>>> interfaces;

	/**
	 * Creates the protocol.
	 * @param interfaces gives the client interfaces of the application
	 */
	SpringHttpProtocol(Supplier<List<Class<?>>> interfaces) {
		this.interfaces = interfaces;
	}

	@Override
	public String name() {
		return this.protocol.name();
	}

	@Override
	public String exampleUri() {
		return this.protocol.exampleUri();
	}

	@Override
	public boolean isHttp() {
		return this.protocol.isHttp();
	}

	@Override
	public Map<Method, ? extends MethodSpec> bind(Class<?> clientInterface, @Nullable Class<?> service) {
		boolean ofSpring = service != null && HttpInterface.isOne(service);
		return this.protocol.bind(clientInterface, ofSpring ? null : service);
	}

	@Override
	public Collection<? extends MethodSpec> methods(Class<?> clientInterface, @Nullable Class<?> service) {
		List<MethodSpec> all = new ArrayList<>(bind(clientInterface, service).values());
		all.addAll(this.protocol.bind(ScalesHttpClient.class, null).values());
		List<Class<?>> types = new ArrayList<>(this.interfaces.get());
		if (service != null) {
			types.add(service);
		}
		types.stream().filter(HttpInterface::isOne).forEach((type) -> all.addAll(new HttpInterface(type).specs()));
		return all;
	}

	@Override
	public Set<String> options(Map<String, String> given) {
		return this.protocol.options(given);
	}

	@Override
	public Map<String, String> unheeded(Map<String, String> options) {
		return this.protocol.unheeded(options);
	}

	@Override
	public ConnectionFactory connections(ProtocolEnvironment environment) {
		return this.protocol.connections(environment);
	}

}
