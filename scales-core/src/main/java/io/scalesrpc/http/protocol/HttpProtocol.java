package io.scalesrpc.http.protocol;

import java.lang.reflect.Method;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

import io.scalesrpc.Internal;
import io.scalesrpc.call.InvalidSettingException;
import io.scalesrpc.call.MethodSpec;
import io.scalesrpc.http.message.HttpCodec;
import io.scalesrpc.http.message.HttpContext;
import io.scalesrpc.http.message.HttpOptions;
import io.scalesrpc.protocol.Protocol;
import io.scalesrpc.protocol.ProtocolEnvironment;
import io.scalesrpc.transport.ConnectionFactory;
import org.jspecify.annotations.Nullable;

/**
 * The protocol {@code http}: HTTP/1.1 on connections that take one call at a time, or
 * HTTP/2 with all calls on one connection. Its options: {@code version} (1.1, or 2:
 * without TLS for servers that are known to speak it, with TLS for those that choose it
 * by ALPN), {@code host} (the Host header; the member's address), {@code timeout-header}
 * and {@code attempt-header} (names of headers that tell the server how many milliseconds
 * are left, and the number of the attempt from 0; none), {@code gzip} (whether compressed
 * answers are asked for; false), {@code failure-statuses} (5xx,429). Heads may have
 * {@code max-head-size} (64KB), bodies as much as a frame. Connections of HTTP/2 have
 * {@code ping-interval} (5s; 0s switches pings off) and {@code ping-timeout} (4s). A body
 * that is read as a stream may rest for {@code body-idle-timeout} (30s).
 * <em>Immutable</em>.
 */
@Internal
public final class HttpProtocol implements Protocol {

	/** Made by the {@link java.util.ServiceLoader}. */
	public HttpProtocol() {
	}

	@Override
	public String name() {
		return "http";
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
	public Map<Method, ? extends MethodSpec> bind(Class<?> clientInterface, @Nullable Class<?> service) {
		if (service != null && !HttpContract.fits(service)) {
			throw InvalidSettingException.of("service", service.getName(), "none; http has no generated classes");
		}
		return HttpContract.bind(clientInterface);
	}

	@Override
	public Set<String> options(Map<String, String> given) {
		return HttpOptions.NAMES;
	}

	@Override
	public Map<String, String> unheeded(Map<String, String> options) {
		return Map.of(CLIENT_ID, "HTTP has no name for it; a header has the name that the server looks for");
	}

	@Override
	public ConnectionFactory connections(ProtocolEnvironment environment) {
		PlainHttp plain = new PlainHttp(HttpOptions.of(environment.options()).rules());
		return connections(environment, () -> plain);
	}

	/**
	 * Makes the factory of connections for a protocol that goes over HTTP.
	 * @param environment the client's settings and shared resources, of whose options all
	 * must be known here
	 * @param codecs makes what makes a request and reads its answer, for every time that
	 * a call is sent; thread-safe
	 * @return the factory
	 * @throws IllegalArgumentException if a setting is not right
	 */
	public static ConnectionFactory connections(ProtocolEnvironment environment, Supplier<HttpCodec> codecs) {
		HttpOptions options = HttpOptions.of(environment.options());
		return new HttpConnectionFactory(environment.connector(), new HttpContext(options, codecs, environment.limits(),
				environment.metrics(), environment.timer(), environment.ticker()));
	}

}
