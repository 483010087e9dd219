package io.scalesrpc.demo.live;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

import io.scalesrpc.demo.InOneProcess;
import io.scalesrpc.demo.fleet.Fleet;
import io.scalesrpc.demo.fleet.Node;
import io.scalesrpc.demo.fleet.Side;

import org.springframework.stereotype.Component;

/**
 * The last minutes of both clients, second by second. <em>Thread-safe</em>.
 */
@InOneProcess
@Component
final class Seconds {

	private static final int KEPT = 300;

	private final ReentrantLock lock = new ReentrantLock();

	private final Condition passed = this.lock.newCondition();

	private final Deque<Map<Side, Counts>> counts = new ArrayDeque<>();

	private final Map<String, Long> seen = new HashMap<>();

	private final Traffic traffic;

	private final Fleet fleet;

	/** How many have passed. */
	private long passing;

	Seconds(Traffic traffic, Fleet fleet) {
		this.traffic = traffic;
		this.fleet = fleet;
	}

	/** A second has passed: what came of it. */
	Map<Side, Counts> pass() {
		this.lock.lock();
		try {
			Map<Side, Counts> now = new EnumMap<>(Side.class);
			for (Side side : Side.values()) {
				now.put(side, this.traffic.tally(side).take(requests(side)));
			}
			this.counts.addLast(now);
			if (this.counts.size() > KEPT) {
				this.counts.removeFirst();
			}
			this.passing++;
			this.passed.signalAll();
			return now;
		}
		finally {
			this.lock.unlock();
		}
	}

	private Map<String, Long> requests(Side side) {
		Map<String, Long> requests = new TreeMap<>();
		for (Node node : this.fleet.nodes()) {
			long now = node.requests(side);
			Long before = this.seen.put(side + node.name(), now);
			requests.put(node.name(), Math.max(0, now - ((before != null) ? before : 0)));
		}
		return requests;
	}

	/** Waits until so many more have passed. */
	void await(int more) throws InterruptedException {
		this.lock.lock();
		try {
			long until = this.passing + more;
			while (this.passing < until) {
				this.passed.await();
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	/** The last ones together. */
	Map<Side, Column> last(int many) {
		this.lock.lock();
		try {
			List<Map<Side, Counts>> last = this.counts.stream().skip(Math.max(0, this.counts.size() - many)).toList();
			Map<Side, Column> columns = new EnumMap<>(Side.class);
			for (Side side : Side.values()) {
				columns.put(side, Counts.sum(last.stream().map((second) -> second.get(side)).toList()).column());
			}
			return columns;
		}
		finally {
			this.lock.unlock();
		}
	}

}
