package io.scalesrpc.redis.protocol;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

import io.scalesrpc.discovery.Member;
import io.scalesrpc.protocol.ProtocolEnvironment;
import io.scalesrpc.transport.ConnectionFactory;
import io.scalesrpc.transport.reconnect.ReconnectTerms;
import io.scalesrpc.transport.reconnect.Resurrector;
import org.jspecify.annotations.Nullable;

/**
 * Makes primaries, and lets those that are none any more finish what they have.
 * <em>Confined to the serial executor of its destination</em>.
 */
final class Primaries {

	private static final Duration RETIREMENT = Duration.ofMinutes(10);

	private final ConnectionFactory connections;

	private final ProtocolEnvironment environment;

	private final Set<Primary> retired = new HashSet<>();

	Primaries(ConnectionFactory connections, ProtocolEnvironment environment) {
		this.connections = connections;
		this.environment = environment;
	}

	/** The one there was, if it is the same server and can be used, or else a new one. */
	Primary successor(@Nullable Primary before, Member member, Consumer<Primary> demoted) {
		if (before != null && before.isUsable() && before.member().equals(member)) {
			return before;
		}
		retire(before);
		return new Primary(member, new Resurrector(member, this.connections, terms()), demoted);
	}

	private ReconnectTerms terms() {
		return new ReconnectTerms(Resurrector.backoff(this.environment.random()), this.environment.timer(),
				this.environment.ticker(), this.environment.connector().eventLoops());
	}

	void retire(@Nullable Primary before) {
		if (before != null && this.retired.add(before)) {
			before.sink().close(before.inFlight() == 0 ? Duration.ZERO : RETIREMENT);
			this.retired.removeIf((one) -> one.inFlight() == 0 && one != before);
		}
	}

	CompletionStage<Void> closeAll(Duration grace) {
		return CompletableFuture.allOf(this.retired.stream()
			.map((one) -> one.sink().close(grace).toCompletableFuture())
			.toArray(CompletableFuture<?>[]::new));
	}

}
