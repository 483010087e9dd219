package io.scalesrpc.balancer.node;

import java.util.List;

import io.scalesrpc.balancer.BalancerSettings;
import io.scalesrpc.balancer.Coordinate;
import io.scalesrpc.call.Call;
import org.jspecify.annotations.Nullable;

/**
 * Chooses the node a call goes to and counts the load of every node. It lives as long as
 * its balancer, so that what it has learned outlives a change of the set. Times are
 * readings of the balancer's ticker. Implementations are <em>thread-safe</em>; none may
 * hold a lock while it calls out.
 */
public interface Picker {

	/**
	 * What nodes can take of their usual load when few are missing, as Envoy's
	 * overprovisioning factor.
	 */
	double SPARE = 1.4;

	/**
	 * Replaces the nodes to choose from. The balancer's serial writer calls this. A node
	 * that is missing gets no new calls, yet the end of those it has is still told.
	 * @param nodes all of them, each once; not changed later
	 */
	void update(List<Node> nodes);

	/**
	 * Takes over another number of this process. The balancer's serial writer calls this.
	 * Most pickers have no use for it.
	 * @param coordinate which of the clients this process is from now on
	 */
	default void move(Coordinate coordinate) {
		// Only who shares members with other clients by their number must know it.
	}

	/**
	 * Takes over other settings of the same type. The balancer's serial writer calls
	 * this. Most pickers have no use for them.
	 * @param settings how to choose from now on
	 */
	default void become(BalancerSettings settings) {
		// Only who has a window must know it.
	}

	/**
	 * Looks whether calls that wait for a node could go to others. The balancer's serial
	 * writer calls this. Most pickers have no others.
	 * @param now the time
	 */
	default void review(long now) {
		// Only who keeps nodes back must know it.
	}

	/**
	 * The calls in flight that the width of its window follows, averaged over time. Most
	 * pickers have no window.
	 * @return zero or more; not a number without a window
	 */
	default double averageLoad() {
		return Double.NaN;
	}

	/**
	 * Which part of all calls the nodes that can be called are able to take.
	 * @param nodes those that calls may go to
	 * @return from 0 to 1, which stands for more as well
	 */
	default double capacity(List<Node> nodes) {
		return capacityOf(nodes);
	}

	/**
	 * Which part of the calls that go to some nodes those of them that can be called are
	 * able to take, with something to spare.
	 * @param nodes the nodes
	 * @return from 0 to 1
	 */
	static double capacityOf(List<Node> nodes) {
		long available = nodes.stream().filter((node) -> node.state().isAvailable()).count();
		return nodes.isEmpty() ? 0 : Math.min(1, SPARE * available / nodes.size());
	}

	/**
	 * Chooses a node and counts the call as its load. Available nodes come first, then
	 * busy ones, then closed ones: when all are down a call still goes somewhere. The
	 * target the call avoids is passed over if another node is available.
	 * @param call the call to be sent
	 * @param now the time
	 * @return the node, or {@code null} if there are none
	 */
	@Nullable Node pick(Call call, long now);

	/**
	 * Takes back the load of a call, exactly once for each pick.
	 * @param node what {@link #pick} returned; it has learned from the outcome
	 * @param call the call, which has ended
	 * @param sent when it was picked
	 * @param now the time
	 */
	void ended(Node node, Call call, long sent, long now);

}
