package io.scalesrpc.client;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

import io.scalesrpc.call.Call;
import io.scalesrpc.call.MethodSpec;
import io.scalesrpc.protocol.Protocol;
import io.scalesrpc.protocol.ProtocolEnvironment;
import io.scalesrpc.testing.FakeSink;
import io.scalesrpc.testing.TestMethod;
import io.scalesrpc.transport.ConnectionFactory;
import org.jspecify.annotations.Nullable;

/**
 * A protocol whose connections do with calls what the test says, and hold them until it
 * says something. <em>Thread-safe</em>.
 */
public class FakeProtocol implements Protocol {

	final List<FakeConnection> connections = new CopyOnWriteArrayList<>();

	private volatile Consumer<Call> behaviour = (call) -> {
	};

	private volatile @Nullable ProtocolEnvironment environment;

	/** Says what connections opened from now on do with calls. */
	public FakeProtocol answering(Consumer<Call> newBehaviour) {
		this.behaviour = newBehaviour;
		return this;
	}

	@Override
	public String name() {
		return "fake";
	}

	@Override
	public Map<Method, ? extends MethodSpec> bind(Class<?> clientInterface, @Nullable Class<?> service) {
		Map<Method, MethodSpec> bound = new LinkedHashMap<>();
		for (Method method : clientInterface.getMethods()) {
			if (Modifier.isAbstract(method.getModifiers())) {
				String name = method.getName().replaceAll("Async$", "");
				bound.put(method, new TestMethod("com.acme.Sums", name, false));
			}
		}
		return bound;
	}

	@Override
	public ConnectionFactory connections(ProtocolEnvironment newEnvironment) {
		if (newEnvironment.options().containsKey("no-such")) {
			throw new IllegalArgumentException("option: no-such (expected: none)");
		}
		this.environment = newEnvironment;
		return (member, listener) -> {
			FakeConnection connection = new FakeConnection(FakeSink.doing(this.behaviour));
			this.connections.add(connection);
			listener.opened(connection);
		};
	}

	@Nullable ProtocolEnvironment environment() {
		return this.environment;
	}

	/** The calls of all connections. */
	List<Call> calls() {
		return this.connections.stream().flatMap((connection) -> connection.sink().calls().stream()).toList();
	}

}
