package io.scalesrpc.demo.fleet;

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

	private final Entrance scales = new Entrance();

	private final Entrance naive = new Entrance();

	private final String name;

	private final String zooKeeper;

	private volatile Manner manner = Manner.AWAY;

	private @Nullable NodeProcess process;

	Node(String name, String zooKeeper) {
		this.name = name;
		this.zooKeeper = zooKeeper;
	}

	public String name() {
		return this.name;
	}

	public Manner manner() {
		return this.manner;
	}

	/** Its address as that client knows it. */
	public String address(Side side) {
		return "localhost:" + entrance(side).port;
	}

	/** How many requests of that client have come in since the demo started. */
	public long requests(Side side) {
		return entrance(side).requests.sum();
	}

	private Entrance entrance(Side side) {
		return switch (side) {
			case SCALES -> this.scales;
			case NAIVE -> this.naive;
		};
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
		NodeProcess ended = this.process;
		if (ended != null) {
			way.accept(ended);
			this.process = null;
		}
	}

	private NodeProcess running() {
		NodeProcess now = this.process;
		if (now == null) {
			now = new NodeProcess(this.name);
			for (Side side : Side.values()) {
				Entrance entrance = entrance(side);
				Door door = new Door(new PricingHandler(this.name), this::manner, entrance.requests);
				entrance.port = now.open(side, entrance.port, door, this.zooKeeper);
			}
			this.process = now;
		}
		return now;
	}

	/** Where one of the clients comes in. */
	private static final class Entrance {

		private final LongAdder requests = new LongAdder();

		/** 0 before it was open. */
		private volatile int port;

	}

}
