package io.scalesrpc.demo.fleet;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.scalesrpc.demo.InOneProcess;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * The servers there are. They start before the clients. <em>Thread-safe</em>.
 */
@InOneProcess
@Component
public final class Fleet implements SmartLifecycle {

	private static final Logger logger = LoggerFactory.getLogger(Fleet.class);

	private static final int MOST = 9;

	private final List<Node> nodes = new CopyOnWriteArrayList<>();

	private final FleetProperties properties;

	private volatile boolean running;

	Fleet(FleetProperties properties) {
		this.properties = properties;
	}

	@Override
	public void start() {
		this.running = true;
		while (this.nodes.size() < this.properties.servers()) {
			add();
		}
		logger.info("{} pricing servers run, registered in ZooKeeper at {}{}", this.nodes.size(),
				this.properties.zooKeeper(), Side.SCALES.path());
	}

	/**
	 * Starts one more.
	 * @throws IllegalArgumentException if there are enough
	 */
	public void add() {
		int number = this.nodes.size() + 1;
		if (number > MOST) {
			throw new IllegalArgumentException("servers: " + number + " (expected: at most " + MOST + ")");
		}
		Node node = new Node("pricing-" + number, this.properties.zooKeeper());
		this.nodes.add(node);
		node.become(Manner.WELL);
	}

	/** Those there are, in the order of their names. */
	public List<Node> nodes() {
		return List.copyOf(this.nodes);
	}

	/**
	 * One of them.
	 * @param name its name
	 * @throws IllegalArgumentException if there is none of that name
	 */
	public Node node(String name) {
		return this.nodes.stream()
			.filter((node) -> node.name().equals(name))
			.findFirst()
			.orElseThrow(() -> new IllegalArgumentException(
					"server: " + name + " (expected: one of " + this.nodes.stream().map(Node::name).toList() + ")"));
	}

	/** Has all of them do the same. */
	public void all(Manner manner) {
		this.nodes.forEach((node) -> node.become(manner));
	}

	@Override
	public void stop() {
		this.nodes.forEach(Node::close);
		this.nodes.clear();
		this.running = false;
	}

	@Override
	public boolean isRunning() {
		return this.running;
	}

	@Override
	public int getPhase() {
		return DEFAULT_PHASE - 8192;
	}

}
