package io.scalesrpc.demo.live;

import io.scalesrpc.demo.fleet.Fleet;
import io.scalesrpc.demo.fleet.Manner;
import io.scalesrpc.demo.fleet.ZooKeeper;

/**
 * Something that goes wrong: what it is, what to watch, and how it is made to happen.
 * <em>Immutable</em>.
 */
enum Scenario {

	SWAPPED_REPLY("The swapped reply",
			"""
					Two servers take 400 ms for one answer in five, longer than either client waits for a try. The reply comes all \
					the same, when nobody waits for it any more. This is the bug that Scales was born from: from then on every \
					call of that connection is given the answer to the one before.""",
			"wrong replies: prices of another product, which no exception tells of") {

		@Override
		void begin(Fleet fleet, ZooKeeper zooKeeper) {
			some(fleet, 2, Manner.STALLING);
		}

	},

	SLOW_NODE("A slow server", """
			One server of five takes 200 ms for every answer. It fails nothing, so nothing tells that it is ill.""",
			"p99, and the share of pricing-1") {

		@Override
		void begin(Fleet fleet, ZooKeeper zooKeeper) {
			some(fleet, 1, Manner.SLOW);
		}

	},

	DEAD_NODE("A dead server",
			"""
					One server hangs: it neither answers nor closes its connections, as a machine that has lost its power. At half \
					time its process is killed; ZooKeeper lists it still.""",
			"p99, and requests made again") {

		@Override
		void begin(Fleet fleet, ZooKeeper zooKeeper) {
			some(fleet, 1, Manner.FROZEN);
		}

		@Override
		void halfway(Fleet fleet) {
			some(fleet, 1, Manner.DEAD);
		}

	},

	RETRY_STORM("The retry storm",
			"""
					The database behind all servers is gone: every call fails, whoever makes it. What matters is what clients do to \
					servers that are in trouble already.""",
			"requests that the servers saw, beside the calls") {

		@Override
		void begin(Fleet fleet, ZooKeeper zooKeeper) {
			some(fleet, Integer.MAX_VALUE, Manner.FAILING);
		}

	},

	BREAKER("The breaker",
			"""
					Two servers of five fail every call at once. Being so quick they look idle, and a balancer that counts calls \
					in flight would love them.""",
			"failures, and the share of pricing-1 and pricing-2") {

		@Override
		void begin(Fleet fleet, ZooKeeper zooKeeper) {
			some(fleet, 2, Manner.FAILING);
		}

	},

	DISCOVERY_LOST("Discovery lost", """
			ZooKeeper stops. All servers are well, and go on.""",
			"failures of calls to servers that nothing is wrong with") {

		@Override
		void begin(Fleet fleet, ZooKeeper zooKeeper) {
			zooKeeper.run(false);
		}

	};

	private final String title;

	private final String story;

	private final String watch;

	Scenario(String title, String story, String watch) {
		this.title = title;
		this.story = story;
		this.watch = watch;
	}

	String title() {
		return this.title;
	}

	String story() {
		return this.story;
	}

	String watch() {
		return this.watch;
	}

	/** The trouble begins. */
	abstract void begin(Fleet fleet, ZooKeeper zooKeeper);

	/** Half of its time is over. */
	void halfway(Fleet fleet) {
		// It goes on as it began.
	}

	private static void some(Fleet fleet, int number, Manner manner) {
		fleet.nodes().stream().limit(number).forEach((node) -> node.become(manner));
	}

}
