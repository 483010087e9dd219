package io.scalesrpc.client.assembly;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;

import io.scalesrpc.balancer.dispatch.Balancer;
import io.scalesrpc.balancer.node.NodeView;
import io.scalesrpc.breaker.MemberBreakers;
import io.scalesrpc.call.Call;
import io.scalesrpc.call.SinkState;
import io.scalesrpc.protocol.Destination;
import io.scalesrpc.protocol.MemberStatus;
import org.jspecify.annotations.Nullable;

/**
 * Members that a balancer chooses from. <em>Thread-safe</em>.
 *
 * @param balancer chooses the member of a call
 * @param breakers judge its members
 * @param peers what else the balancer follows; {@code null} for nothing
 */
public record BalancedDestination(Balancer balancer, MemberBreakers breakers,
		ServerSets.@Nullable PeerSet peers) implements Destination {

	@Override
	public void start() {
		if (this.peers != null) {
			this.balancer.join(this.peers.set(), this.peers.self());
		}
		this.balancer.open();
	}

	@Override
	public void open(Runnable over) {
		this.balancer.open(over);
	}

	@Override
	public void dispatch(Call call) {
		this.balancer.dispatch(call);
	}

	@Override
	public SinkState state() {
		return this.balancer.state();
	}

	@Override
	public List<MemberStatus> members() {
		return this.balancer.nodes().stream().map(BalancedDestination::status).toList();
	}

	private static MemberStatus status(NodeView node) {
		return new MemberStatus(node.member(), node.state(), node.load(), node.active(), node.problem(),
				node.problemNanos(), node.connections(), node.recent());
	}

	/**
	 * Without looking at all of them: there may be thousands, of members and of calls.
	 */
	@Override
	public String problemOfMember() {
		return this.balancer.problem();
	}

	@Override
	public int pending() {
		return this.balancer.pending();
	}

	@Override
	public CompletionStage<Boolean> ready(int members, Duration limit) {
		return this.balancer.ready(members, limit);
	}

	@Override
	public String problem() {
		return this.balancer.problem();
	}

	@Override
	public CompletionStage<Void> close(Duration grace) {
		return this.balancer.close(grace);
	}

}
