package io.scalesrpc.demo.fleet;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

/**
 * One server: its name, its addresses, which stay the same when it comes back if they
 * can, and what it does now. <em>Thread-safe</em>.
 */
public final class Node {

	private final ReentrantLock lock = new ReentrantLock();

	private final Map<Side, Integer> ports = new EnumMap<>(Side.class);

	private final Map<Side, LongAdder> requests = new EnumMap<>(Side.class);

	private final String name;

	private final String zooKeeper;

	private volatile Manner manner = Manner.AWAY;

	private @Nullable NodeProcess process;

	Node(String name, String zooKeeper) {
		this.name = name;
		this.zooKeeper = zooKeeper;
		for (Side side : Side.values()) {
			this.requests.put(side, new LongAdder());
			this.ports.put(side, 0);
		}
	}

	public String name() {
		return this.name;
	}

	public Manner manner() {
		return this.manner;
	}

	/** Its address as that client knows it. */
	public String address(Side side) {
		return "localhost:" + this.ports.get(side);
	}

	/** How many requests of that client have come in since the demo started. */
	public long requests(Side side) {
		return this.requests.get(side).sum();
	}

	/**
	 * Has it do something else from now on; one that was gone comes back for it.
	 * @param next what to do
	 */
	public void become(Manner next) {
		this.lock.lock();
		try {
			this.manner = next;
			switch (next) {
				case DEAD -> end(NodeProcess::kill);
				case AWAY -> end(NodeProcess::drain);
				case FROZEN -> running().freeze();
				default -> running().thaw();
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	void close() {
		this.lock.lock();
		try {
			end(NodeProcess::close);
		}
		finally {
			this.lock.unlock();
		}
	}

	private void end(Consumer<NodeProcess> way) {
		if (this.process != null) {
			way.accept(this.process);
			this.process = null;
		}
	}

	private NodeProcess running() {
		if (this.process == null) {
			NodeProcess begun = new NodeProcess(this.name);
			for (Side side : Side.values()) {
				Door door = new Door(new PricingHandler(this.name), this::manner, this.requests.get(side));
				this.ports.put(side, begun.open(side, this.ports.get(side), door, this.zooKeeper));
			}
			this.process = begun;
		}
		return this.process;
	}

}
