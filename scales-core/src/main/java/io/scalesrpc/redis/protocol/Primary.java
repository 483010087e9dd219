package io.scalesrpc.redis.protocol;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

import io.scalesrpc.call.Call;
import io.scalesrpc.call.Failure;
import io.scalesrpc.call.Observer;
import io.scalesrpc.call.Outcome;
import io.scalesrpc.call.SinkState;
import io.scalesrpc.discovery.Member;
import io.scalesrpc.metrics.RecentAttempts;
import io.scalesrpc.protocol.MemberStatus;
import io.scalesrpc.redis.connection.RedisErrors;
import io.scalesrpc.transport.reconnect.Resurrector;

/**
 * The server that takes the writes, with its one connection. <em>Thread-safe</em>.
 */
final class Primary implements Observer {

	private final Member member;

	private final Resurrector sink;

	private final Consumer<Primary> demoted;

	private final AtomicInteger inFlight = new AtomicInteger();

	/**
	 * Creates a primary.
	 * @param member the server
	 * @param sink keeps the connection
	 * @param demoted told when the server says that it is a replica
	 */
	Primary(Member member, Resurrector sink, Consumer<Primary> demoted) {
		this.member = member;
		this.sink = sink;
		this.demoted = demoted;
	}

	Member member() {
		return this.member;
	}

	Resurrector sink() {
		return this.sink;
	}

	int inFlight() {
		return this.inFlight.get();
	}

	/** Whether there is a connection, or may be soon. */
	boolean isUsable() {
		return this.sink.state() != SinkState.CLOSED;
	}

	MemberStatus status() {
		return new MemberStatus(this.member, this.sink.state(), inFlight(), true, this.sink.problem(),
				this.sink.problemNanos(), this.sink.connections(), RecentAttempts.NONE);
	}

	void send(Call call) {
		this.inFlight.incrementAndGet();
		call.target(this.member);
		call.onOutcome(this);
		this.sink.dispatch(call);
	}

	@Override
	public void ended(Call call, Outcome outcome) {
		this.inFlight.decrementAndGet();
		if (outcome instanceof Failure failure && RedisErrors.isReadOnly(failure)) {
			this.demoted.accept(this);
		}
	}

}
