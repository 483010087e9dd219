package io.scalesrpc.demo.live;

import java.util.List;
import java.util.Map;

import io.scalesrpc.demo.fleet.Manner;
import io.scalesrpc.demo.fleet.Side;
import io.scalesrpc.spring.endpoint.ClientDescriptor;
import org.jspecify.annotations.Nullable;

/**
 * What the page draws in one second. <em>Immutable</em>.
 *
 * @param second its number since the demo started
 * @param rate calls that are wanted a second
 * @param zooKeeper whether ZooKeeper runs
 * @param tour what the tour does now; absent if nobody takes it
 * @param sides what became of the calls
 * @param servers what the servers do
 * @param client the client as the actuator tells; absent in what is past
 * @param shops the client of what Spring Cloud has registered; absent in what is past
 */
record Frame(long second, int rate, boolean zooKeeper, @Nullable String tour, Map<Side, Column> sides,
		List<Server> servers, @Nullable ClientDescriptor client, @Nullable ClientDescriptor shops) {

	/** What a page that is opened now is told of it. */
	Frame past() {
		return new Frame(this.second, this.rate, this.zooKeeper, this.tour, this.sides, List.of(), null, null);
	}

	/**
	 * A server. <em>Immutable</em>.
	 *
	 * @param name its name
	 * @param address its address for the client of this project
	 * @param manner what it does
	 */
	record Server(String name, String address, Manner manner) {
	}

}
