package io.scalesrpc.discovery.zookeeper;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

import io.scalesrpc.discovery.Announcement;
import io.scalesrpc.discovery.ServerSetUri;
import io.scalesrpc.time.SerialExecutor;
import io.scalesrpc.time.Timer;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.recipes.nodes.PersistentNode;
import org.apache.zookeeper.CreateMode;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An ephemeral node that Curator makes again after every loss of the session. It has a
 * session of its own, so that ending the session takes the node away whatever became of
 * the requests that made it. <em>Thread-safe</em>; ZooKeeper is waited for on an executor
 * only.
 */
final class ZooKeeperAnnouncement implements Announcement {

	private static final Logger logger = LoggerFactory.getLogger(ZooKeeperAnnouncement.class);

	/** After so long it is time to say that a server is not announced. */
	static final Duration PATIENCE = Duration.ofSeconds(10);

	/** How long ZooKeeper has to delete the node. */
	static final Duration MAX_DELETION = Duration.ofSeconds(2);

	private final ServerSetUri uri;

	private final NodeFormat.NewNode node;

	private final Ensemble ensemble;

	private final ZooKeeperContext context;

	/** Curator does not bear being closed while a recipe starts. */
	private final SerialExecutor serial;

	private final CompletableFuture<Void> withdrawn = new CompletableFuture<>();

	/** Touched by the serial executor only. */
	private @Nullable PersistentNode made;

	private volatile boolean announced;

	/** Whether the log was told that it is not. */
	private volatile boolean missed;

	private volatile Timer.@Nullable Timeout reminder;

	/**
	 * Creates what is to be started.
	 * @param uri the path of the service
	 * @param node what to make below it
	 * @param ensemble a connection of its own
	 * @param context waits for ZooKeeper
	 */
	ZooKeeperAnnouncement(ServerSetUri uri, NodeFormat.NewNode node, Ensemble ensemble, ZooKeeperContext context) {
		this.uri = uri;
		this.node = node;
		this.ensemble = ensemble;
		this.context = context;
		this.serial = new SerialExecutor(context.executor());
	}

	/** Starts to announce; does not wait. */
	ZooKeeperAnnouncement start() {
		inOrder(this::create);
		this.reminder = this.context.timer().schedule(this::remind, PATIENCE.toNanos(), TimeUnit.NANOSECONDS);
		return this;
	}

	/** Not being announced is silent otherwise: Curator goes on trying. */
	private void remind() {
		String problem = problem();
		if (problem != null && !this.withdrawn.isDone()) {
			this.missed = true;
			logger.warn("{}: not announced within {} s, trying on: {}", this.uri, PATIENCE.toSeconds(), problem);
		}
	}

	@Override
	public @Nullable String problem() {
		String lost = this.ensemble.link().problem();
		if (lost != null) {
			return lost;
		}
		return this.announced ? null : "ZooKeeper has not made " + this.node.name() + " (expected: the right to create "
				+ this.uri.path() + " and nodes below it)";
	}

	private void create() {
		CuratorFramework client = this.ensemble.client();
		if (client != null) {
			PersistentNode persistent = new PersistentNode(client, CreateMode.EPHEMERAL, false,
					this.uri.path() + "/" + this.node.name(), this.node.data());
			persistent.getListenable().addListener((path) -> announced());
			this.made = persistent;
			persistent.start();
		}
	}

	private void announced() {
		this.announced = true;
		logger.info("{}: announced as {}{}", this.uri, this.node.name(), this.missed ? ", at last" : "");
	}

	private void inOrder(Runnable task) {
		this.context.executor().execute(() -> this.serial.execute(task));
	}

	/**
	 * The node is deleted first: Curator would make it anew, in vain and with a long
	 * stack trace, when its session ends. That takes an answer of ZooKeeper; ending the
	 * session does not, and ends the wait for one.
	 */
	@Override
	public CompletionStage<Void> withdraw() {
		Timer.Timeout waiting = this.reminder;
		if (waiting != null) {
			waiting.cancel();
		}
		inOrder(() -> {
			PersistentNode node = this.made;
			this.made = null;
			if (node == null) {
				end();
				return;
			}
			CompletableFuture<Void> deleted = new CompletableFuture<>();
			this.context.executor().execute(() -> delete(node, deleted));
			Duration limit = this.ensemble.link().isConnected() ? MAX_DELETION : Duration.ZERO;
			Timer.Timeout late = this.context.timer()
				.schedule(() -> deleted.complete(null), limit.toNanos(), TimeUnit.NANOSECONDS);
			deleted.thenRun(() -> {
				late.cancel();
				inOrder(this::end);
			});
		});
		return this.withdrawn.minimalCompletionStage();
	}

	private void delete(PersistentNode node, CompletableFuture<Void> deleted) {
		try {
			node.close();
		}
		catch (IOException | RuntimeException ex) {
			logger.debug("{}: {} goes with its session", this.uri, this.node.name(), ex);
		}
		finally {
			deleted.complete(null);
		}
	}

	private void end() {
		this.ensemble.close();
		this.withdrawn.complete(null);
	}

	@Override
	public String toString() {
		return this.uri + "/" + this.node.name();
	}

}
