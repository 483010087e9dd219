package io.scalesrpc.client;

import java.time.Duration;
import java.util.List;

import io.scalesrpc.call.SinkState;
import io.scalesrpc.circuitbreaker.CircuitBreakers;
import io.scalesrpc.client.operations.MinuteRecorder;
import io.scalesrpc.discovery.ServerSet;
import io.scalesrpc.discovery.SourceStatus;
import io.scalesrpc.protocol.Destination;
import io.scalesrpc.protocol.MemberStatus;
import io.scalesrpc.timeout.InFlight;
import org.jspecify.annotations.Nullable;

/**
 * What changes of a client while it lives. <em>Thread-safe</em>.
 *
 * @param uri where its members come from, in words
 * @param tls whether TLS is spoken with them
 * @param set where its members come from
 * @param inFlight knows its calls
 * @param destination knows its members
 * @param breakers refuse calls for a time
 * @param recorder counts its calls
 * @param kept has the budget of retries
 */
record ClientState(String uri, boolean tls, ServerSet set, InFlight inFlight, Destination destination,
		CircuitBreakers breakers, MinuteRecorder recorder, LiveParts kept) {

	boolean isClosed() {
		return this.inFlight.isClosed();
	}

	SinkState state() {
		return isClosed() ? SinkState.CLOSED : this.destination.state();
	}

	SourceStatus source() {
		return this.set.status();
	}

	@Nullable Double retryBudget() {
		return this.kept.retryBudget();
	}

	int pending() {
		return this.inFlight.count();
	}

	List<MemberView> members() {
		return this.destination.members().stream().map(ClientState::view).toList();
	}

	private static MemberView view(MemberStatus status) {
		return new MemberView(status.member().address(), status.member().zone(), status.member().weight(),
				status.state(), status.load(), status.active(), status.problem(),
				(status.problemNanos() >= 0) ? Duration.ofNanos(status.problemNanos()) : null,
				(status.connections() >= 0) ? status.connections() : null, status.recent());
	}

}
