package io.scalesrpc.benchmark;

import java.lang.reflect.Method;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

import io.scalesrpc.call.Call;
import io.scalesrpc.call.Failure;
import io.scalesrpc.call.MethodSpec;
import io.scalesrpc.call.Reply;
import io.scalesrpc.call.SinkState;
import io.scalesrpc.protocol.Protocol;
import io.scalesrpc.protocol.ProtocolEnvironment;
import io.scalesrpc.transport.Connection;
import io.scalesrpc.transport.ConnectionFactory;
import org.jspecify.annotations.Nullable;

/**
 * A protocol without a network: every call is answered on the spot, so that what is
 * measured is the stack above. <em>Immutable</em>.
 */
final class InstantProtocol implements Protocol {

	private static final Reply REPLY = Reply.of(1);

	@Override
	public String name() {
		return "instant";
	}

	@Override
	public Map<Method, ? extends MethodSpec> bind(Class<?> clientInterface, @Nullable Class<?> service) {
		Map<Method, MethodSpec> bound = new HashMap<>();
		for (Method method : clientInterface.getMethods()) {
			bound.put(method, new InstantMethod("Echo", method.getName(), false));
		}
		return bound;
	}

	@Override
	public ConnectionFactory connections(ProtocolEnvironment environment) {
		return (member, listener) -> listener.opened(new InstantConnection());
	}

	/** What is called. <em>Immutable</em>. */
	private record InstantMethod(String service, String name, boolean oneway) implements MethodSpec {
	}

	/** Answers. <em>Stateless</em>. */
	private static final class InstantConnection implements Connection {

		@Override
		public void dispatch(Call call) {
			call.end(REPLY);
		}

		@Override
		public SinkState state() {
			return SinkState.OPEN;
		}

		@Override
		public CompletionStage<Void> close(Duration grace) {
			return CompletableFuture.completedFuture(null);
		}

		@Override
		public boolean isDraining() {
			return false;
		}

		@Override
		public void onClosed(Consumer<@Nullable Failure> listener) {
			// Never.
		}

	}

}
