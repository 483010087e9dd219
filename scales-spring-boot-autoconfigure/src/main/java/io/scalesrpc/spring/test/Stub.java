package io.scalesrpc.spring.test;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicReference;

import com.sun.net.httpserver.HttpHandler;
import io.scalesrpc.server.ServerProtocol;
import io.scalesrpc.thrift.ThriftEncoding;
import io.scalesrpc.thrift.ThriftService;
import org.jspecify.annotations.Nullable;

import org.springframework.core.env.Environment;

/**
 * The server behind a client in a test, whose handler is that of the test that runs.
 * <em>Thread-safe</em>.
 */
final class Stub implements AutoCloseable {

	private final AtomicReference<@Nullable Object> handler = new AtomicReference<>();

	private final String client;

	private final ScriptedServer server;

	private Stub(String client, Environment environment, Class<?> type) {
		this.client = client;
		this.server = server(environment, type);
	}

	/**
	 * Starts the server of a client.
	 * @param type what the handler implements
	 */
	static Stub start(String client, Environment environment, Class<?> type) {
		return new Stub(client, environment, type);
	}

	private ScriptedServer server(Environment environment, Class<?> type) {
		if (HttpHandler.class.isAssignableFrom(type)) {
			return ScriptedServer.http((exchange) -> ((HttpHandler) required()).handle(exchange));
		}
		String protocol = setting(environment, "protocol", "thriftmux");
		if (!protocol.equals("thriftmux") && !protocol.equals("thrift")) {
			throw new IllegalStateException("@ScalesStub(\"" + this.client + "\"): protocol " + protocol
					+ " (expected: thriftmux or thrift for a field of " + type.getName() + ")");
		}
		ThriftService service = ThriftService.of(type);
		Object proxy = Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] { service.iface() },
				(self, method, arguments) -> invoke(method, arguments));
		return ScriptedServer.of(ServerProtocol.valueOf(protocol.toUpperCase(Locale.ROOT)),
				ThriftEncoding.valueOf(setting(environment, "encoding", "binary").toUpperCase(Locale.ROOT)),
				service.iface(), proxy);
	}

	private String setting(Environment environment, String name, String otherwise) {
		String own = environment.getProperty("scales.clients." + this.client + "." + name);
		return (own != null) ? own : environment.getProperty("scales.defaults." + name, otherwise);
	}

	private @Nullable Object invoke(Method method, @Nullable Object @Nullable [] arguments) throws Throwable {
		if (method.getDeclaringClass() == Object.class) {
			return method.invoke(this, arguments);
		}
		try {
			return method.invoke(required(), arguments);
		}
		catch (InvocationTargetException ex) {
			throw ex.getTargetException();
		}
	}

	private Object required() throws IOException {
		Object current = this.handler.get();
		if (current == null) {
			throw new IOException("@ScalesStub(\"" + this.client + "\"): no test is running that has one");
		}
		return current;
	}

	/** The handler of the test that runs now; null for none. */
	void handler(@Nullable Object current) {
		this.handler.set(current);
	}

	ScriptedServer scripted() {
		return this.server;
	}

	@Override
	public void close() {
		this.server.close();
	}

}
