package io.scalesrpc.discovery.zookeeper;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

import io.scalesrpc.discovery.Announcement;
import io.scalesrpc.discovery.ServerSetUri;
import io.scalesrpc.time.SerialExecutor;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.recipes.nodes.PersistentNode;
import org.apache.zookeeper.CreateMode;
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

	private final ServerSetUri uri;

	private final NodeFormat.NewNode node;

	private final Ensemble ensemble;

	private final Executor executor;

	/** Curator does not bear being closed while a recipe starts. */
	private final SerialExecutor serial;

	private final CompletableFuture<Void> withdrawn = new CompletableFuture<>();

	/**
	 * Creates what is to be started.
	 * @param uri the path of the service
	 * @param node what to make below it
	 * @param ensemble a connection of its own
	 * @param executor waits for ZooKeeper
	 */
	ZooKeeperAnnouncement(ServerSetUri uri, NodeFormat.NewNode node, Ensemble ensemble, Executor executor) {
		this.uri = uri;
		this.node = node;
		this.ensemble = ensemble;
		this.executor = executor;
		this.serial = new SerialExecutor(executor);
	}

	/** Starts to announce; does not wait. */
	ZooKeeperAnnouncement start() {
		inOrder(this::create);
		return this;
	}

	private void create() {
		CuratorFramework client = this.ensemble.client();
		if (client != null) {
			PersistentNode made = new PersistentNode(client, CreateMode.EPHEMERAL, false,
					this.uri.path() + "/" + this.node.name(), this.node.data());
			made.getListenable().addListener((path) -> logger.info("{}: announced as {}", this.uri, this.node.name()));
			made.start();
		}
	}

	private void inOrder(Runnable task) {
		this.executor.execute(() -> this.serial.execute(task));
	}

	@Override
	public CompletionStage<Void> withdraw() {
		inOrder(() -> {
			this.ensemble.close();
			this.withdrawn.complete(null);
		});
		return this.withdrawn.minimalCompletionStage();
	}

	@Override
	public String toString() {
		return this.uri + "/" + this.node.name();
	}

}
