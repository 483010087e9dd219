package io.scalesrpc.spring.client.start;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import io.scalesrpc.client.ClientHandle;
import io.scalesrpc.client.ClientIntegration;
import io.scalesrpc.client.ClientResources;
import io.scalesrpc.client.ScalesClients;
import io.scalesrpc.server.ServerProtocol;
import io.scalesrpc.server.ThriftMuxServer;
import io.scalesrpc.spring.client.declaration.ClientDeclaration;
import io.scalesrpc.spring.settings.ClientProperties;
import io.scalesrpc.thrift.ThriftEncoding;
import io.scalesrpc.thrift.ThriftService;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has the way of a call gone before the first one comes: interface, stages, encoding,
 * sockets and decoding, with a client like the application's and a server of this
 * process, so that no server of anybody's sees a call that nobody made. For protocols
 * thriftmux and thrift; others are connected, no more. <em>Immutable</em>.
 *
 * @param resources the threads that the application's clients have
 */
public record WarmUp(ClientResources resources) {

	private static final Logger logger = LoggerFactory.getLogger(WarmUp.class);

	private static final Duration LIMIT = Duration.ofSeconds(2);

	private static final int ROUNDS = 50;

	private static final Set<String> PROTOCOLS = Set.of("thriftmux", "thrift");

	/** The way of the calls of one interface; takes two seconds at most. */
	public void exercise(ClientDeclaration<?> declaration, ClientHandle<?> client, ClientProperties settings) {
		if (!PROTOCOLS.contains(client.protocol())) {
			return;
		}
		Class<?> service = (declaration.service() != null) ? declaration.service()
				: ClientIntegration.of(client).service();
		try {
			exercise(declaration.type(), service, client.protocol(), settings);
		}
		catch (RuntimeException | LinkageError ex) {
			// The first call finds out, and says it.
			logger.debug("[{}] not warmed up for {}", client.name(), declaration.type().getName(), ex);
		}
	}

	private <T> void exercise(Class<T> type, Class<?> service, String protocol, ClientProperties settings) {
		String encoding = (settings.encoding() != null) ? settings.encoding() : "binary";
		Class<?> iface = ThriftService.of(service).iface();
		Object handler = Proxy.newProxyInstance(iface.getClassLoader(), new Class<?>[] { iface },
				(self, method, arguments) -> sample(method.getReturnType()));
		try (ThriftMuxServer server = ThriftMuxServer.builder()
			.protocol(ServerProtocol.valueOf(protocol.toUpperCase(Locale.ROOT)))
			.encoding(ThriftEncoding.valueOf(encoding.toUpperCase(Locale.ROOT)))
			.service(iface, handler)
			.build()
			.start();
				ClientHandle<T> client = ScalesClients.builder(type)
					.name("warm-up")
					.resources(this.resources)
					.protocol(protocol)
					.service(service)
					.option("encoding", encoding)
					.uri("tcp://localhost:" + server.port())
					.timeout(LIMIT)
					.closeGrace(Duration.ZERO)
					.build()) {
			call(type, client.proxy());
		}
	}

	private static void call(Class<?> type, Object proxy) {
		List<Method> methods = Stream.of(type.getMethods())
			.filter((method) -> Modifier.isAbstract(method.getModifiers()))
			.toList();
		long end = System.nanoTime() + LIMIT.toNanos();
		for (int round = 0; round < ROUNDS; round++) {
			for (Method method : methods) {
				if (end - System.nanoTime() <= 0) {
					return;
				}
				call(method, proxy);
			}
		}
	}

	private static void call(Method method, Object proxy) {
		@Nullable Object[] arguments = Stream.of(method.getParameterTypes()).map(WarmUp::sample).toArray();
		try {
			Object result = method.invoke(proxy, arguments);
			if (result instanceof CompletionStage<?> stage) {
				stage.toCompletableFuture().get(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		catch (InvocationTargetException ex) {
			logger.trace("{}", method, ex);
		}
		catch (Exception ex) {
			// A sample need not be one that can be sent.
			logger.trace("{}", method, ex);
		}
	}

	/** A value of a type; null where there is none that is easy to make. */
	private static @Nullable Object sample(Class<?> type) {
		if (type == boolean.class || type == Boolean.class) {
			return false;
		}
		if (type == String.class) {
			return "";
		}
		if (List.class == type) {
			return List.of();
		}
		if (Set.class == type) {
			return Set.of();
		}
		if (Map.class == type) {
			return Map.of();
		}
		Object number = number(type);
		return (number != null) ? number : made(type);
	}

	private static @Nullable Object number(Class<?> type) {
		if (type == int.class || type == Integer.class) {
			return 0;
		}
		if (type == long.class || type == Long.class) {
			return 0L;
		}
		if (type == short.class || type == Short.class) {
			return (short) 0;
		}
		if (type == byte.class || type == Byte.class) {
			return (byte) 0;
		}
		return (type == double.class || type == Double.class) ? 0.0 : null;
	}

	private static @Nullable Object made(Class<?> type) {
		if (type.isEnum()) {
			return type.getEnumConstants()[0];
		}
		try {
			return type.getConstructor().newInstance();
		}
		catch (ReflectiveOperationException ex) {
			return null;
		}
	}

}
