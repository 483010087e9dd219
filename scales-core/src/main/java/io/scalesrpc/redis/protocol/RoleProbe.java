package io.scalesrpc.redis.protocol;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import io.lettuce.core.protocol.CommandType;
import io.scalesrpc.call.Call;
import io.scalesrpc.call.Context;
import io.scalesrpc.call.Deadline;
import io.scalesrpc.call.Failure;
import io.scalesrpc.call.FailureKind;
import io.scalesrpc.call.Outcome;
import io.scalesrpc.call.Reply;
import io.scalesrpc.discovery.Member;
import io.scalesrpc.protocol.ProtocolEnvironment;
import io.scalesrpc.redis.RedisReplyException;
import io.scalesrpc.redis.command.OwnCommand;
import io.scalesrpc.time.Timer;
import io.scalesrpc.transport.Connection;
import io.scalesrpc.transport.ConnectionFactory;
import org.jspecify.annotations.Nullable;

/**
 * Asks servers, all at the same time and each on a connection of its own, what they are.
 * <em>Immutable</em>.
 *
 * @param connections opens the connections
 * @param environment limits the time and tells it
 */
record RoleProbe(ConnectionFactory connections, ProtocolEnvironment environment) {

	private static final Object[] NO_ARGUMENTS = {};

	/**
	 * Asks all members.
	 * @param members whom to ask, at least one
	 * @param serial where the answers are put together
	 * @param told told once, there, when all have answered, or will not
	 */
	void ask(List<Member> members, Executor serial, Consumer<Standings> told) {
		List<Standing> answers = new ArrayList<>();
		for (Member member : members) {
			ask(member, (standing) -> serial.execute(() -> {
				answers.add(standing);
				if (answers.size() == members.size()) {
					told.accept(new Standings(answers));
				}
			}));
		}
	}

	private void ask(Member member, Consumer<Standing> told) {
		this.connections.open(member, new ConnectionFactory.Listener() {

			@Override
			public void opened(Connection connection) {
				hello(member, connection, (standing) -> {
					connection.close(Duration.ZERO);
					told.accept(standing);
				});
			}

			@Override
			public void failed(Failure failure) {
				told.accept(Standing.unknown(member, failure.reason()));
			}

		});
	}

	/** Everybody may say HELLO, whatever the access control lists say of ROLE. */
	private void hello(Member member, Connection connection, Consumer<Standing> told) {
		send(CommandType.HELLO, connection, (outcome) -> {
			if (outcome instanceof Failure failure && failure.cause() instanceof RedisReplyException) {
				send(CommandType.ROLE, connection, (role) -> told.accept((role instanceof Reply reply)
						? Standing.ofRole(member, reply.value()) : unknown(member, role)));
			}
			else {
				told.accept((outcome instanceof Reply reply) ? Standing.ofHello(member, reply.value())
						: unknown(member, outcome));
			}
		});
	}

	private static Standing unknown(Member member, @Nullable Outcome outcome) {
		return Standing.unknown(member,
				(outcome instanceof Failure failure) ? failure.reason() : "does not say what it is");
	}

	private void send(CommandType command, Connection connection, Consumer<Outcome> told) {
		Duration limit = this.environment.connector().connectTimeout();
		Call call = new Call(new OwnCommand(command), NO_ARGUMENTS,
				Deadline.after(limit, this.environment.ticker().nanos()), Context.empty());
		call.onOutcome((ended, outcome) -> told.accept(outcome));
		try {
			Timer.Timeout timeout = this.environment.timer()
				.schedule(
						() -> call.end(Failure.of(FailureKind.TIMEOUT, "no answer within " + limit.toMillis() + " ms")),
						limit.toNanos(), TimeUnit.NANOSECONDS);
			call.onOutcome((ended, outcome) -> timeout.cancel());
			connection.dispatch(call);
		}
		catch (IllegalStateException ex) {
			call.end(Failure.of(FailureKind.NOT_SENT, "the timer is closed", ex));
		}
	}

}
