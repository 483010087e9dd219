package io.scalesrpc.client;

import java.util.List;

import io.scalesrpc.balancer.Balancer;
import io.scalesrpc.balancer.NodeView;
import io.scalesrpc.call.SinkState;
import io.scalesrpc.circuitbreaker.CircuitBreakers;
import io.scalesrpc.discovery.ServerSet;
import io.scalesrpc.discovery.SourceStatus;

/**
 * What changes of a client while it lives. <em>Thread-safe</em>.
 *
 * @param uri where its members come from, in words
 * @param tls whether TLS is spoken with them
 * @param set where its members come from
 * @param inFlight knows its calls
 * @param balancer knows its members
 * @param breakers refuse calls for a time
 */
record ClientState(String uri, boolean tls, ServerSet set, InFlight inFlight, Balancer balancer,
		CircuitBreakers breakers) {

	SinkState state() {
		return this.inFlight.isClosed() ? SinkState.CLOSED : this.balancer.state();
	}

	SourceStatus source() {
		return this.set.status();
	}

	int pending() {
		return this.inFlight.count();
	}

	List<MemberView> members() {
		return this.balancer.nodes().stream().map(ClientState::view).toList();
	}

	private static MemberView view(NodeView node) {
		return new MemberView(node.member().address(), node.member().weight(), node.state(), node.load(), node.active(),
				node.problem());
	}

}
