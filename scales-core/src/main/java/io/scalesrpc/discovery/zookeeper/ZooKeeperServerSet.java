package io.scalesrpc.discovery.zookeeper;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

import io.scalesrpc.call.PeerText;
import io.scalesrpc.discovery.Member;
import io.scalesrpc.discovery.ServerSet;
import io.scalesrpc.discovery.ServerSetUri;
import io.scalesrpc.discovery.SourceStatus;
import io.scalesrpc.time.SerialExecutor;
import org.apache.curator.framework.recipes.cache.ChildData;
import org.apache.curator.framework.recipes.cache.CuratorCacheListener;
import org.jspecify.annotations.Nullable;

/**
 * The members that stand below a path of ZooKeeper, in whatever format. What is known
 * stays when ZooKeeper is lost, and is compared when it is back. <em>Thread-safe</em>:
 * what changes is only touched by serial tasks, Curator is started and stopped on the
 * context's executor.
 */
final class ZooKeeperServerSet implements ServerSet, CuratorCacheListener {

	private final ServerSetUri uri;

	private final ZooKeeperContext context;

	private final SerialExecutor serial;

	private final MemberNodes nodes;

	private @Nullable Publisher publisher;

	/** Touched by the serial executor only. */
	private @Nullable Following following;

	/** There before the first member is told. */
	private volatile @Nullable Link link;

	private volatile Knowledge knowledge = new Knowledge(false, false, null, 0);

	private volatile boolean closed;

	ZooKeeperServerSet(ServerSetUri uri, NodeFormat format, ZooKeeperContext context) {
		this.uri = uri;
		this.context = context;
		this.serial = new SerialExecutor(context.executor());
		this.nodes = new MemberNodes(uri, format);
	}

	@Override
	public void watch(Consumer<List<Member>> watcher) {
		this.serial
			.execute(() -> this.publisher = new Publisher(this.nodes, this.serial, this.context.timer(), watcher));
		this.context.executor().execute(this::follow);
	}

	private void follow() {
		if (this.closed) {
			return;
		}
		Ensemble ensemble = this.context.ensembles().join(this.uri.authority());
		this.link = ensemble.link();
		Following started = Following.start(this.context.ensembles(), ensemble, this.uri, this, this::failed);
		this.serial.execute(() -> {
			this.following = started;
			if (this.closed) {
				stop();
			}
		});
	}

	@Override
	public void close() {
		this.closed = true;
		this.serial.execute(() -> {
			if (this.publisher != null) {
				this.publisher.close();
			}
			stop();
		});
	}

	private void stop() {
		Following stopped = this.following;
		if (stopped != null) {
			this.following = null;
			this.link = null;
			this.context.executor().execute(stopped::stop);
		}
	}

	@Override
	public void event(Type type, @Nullable ChildData before, @Nullable ChildData now) {
		this.serial.execute(() -> {
			ChildData either = (now != null) ? now : before;
			if (either != null) {
				boolean changed = this.nodes.changed(either.getPath(), now);
				boolean root = either.getPath().equals(this.uri.path()) && now != null;
				Knowledge known = this.knowledge;
				publish(new Knowledge(known.read(), known.root() || root, null, this.nodes.bad()), changed);
			}
		});
	}

	@Override
	public void initialized() {
		this.serial.execute(() -> {
			Knowledge known = this.knowledge;
			publish(new Knowledge(true, known.root(), known.error(), this.nodes.bad()), true);
		});
	}

	private void failed(Exception cause) {
		this.serial.execute(() -> {
			Knowledge known = this.knowledge;
			String error = PeerText.printable(this.uri + ": " + cause.getMessage());
			this.knowledge = new Knowledge(known.read(), known.root(), error, known.bad());
		});
	}

	private void publish(Knowledge now, boolean changed) {
		boolean first = now.isComplete() && !this.knowledge.isComplete();
		this.knowledge = now;
		if (this.publisher != null && first) {
			this.publisher.publish();
		}
		else if (this.publisher != null && changed && now.isComplete()) {
			this.publisher.changed();
		}
	}

	@Override
	public SourceStatus status() {
		Link seen = this.link;
		Knowledge known = this.knowledge;
		if (seen == null) {
			return SourceStatus.UNKNOWN;
		}
		Duration age = known.isComplete() ? seen.age() : null;
		String problem = seen.problem();
		return new SourceStatus(age, (problem != null) ? problem : known.error(), known.bad());
	}

	@Override
	public String toString() {
		return this.uri.toString();
	}

	/**
	 * How much is known of the path. <em>Immutable</em>.
	 *
	 * @param read whether everything was read once, or could not be
	 * @param root whether the path itself could be read
	 * @param error what could not be read, in words
	 * @param bad how many nodes are left out
	 */
	private record Knowledge(boolean read, boolean root, @Nullable String error, int bad) {

		/** A path that may not be read is not an empty one. */
		boolean isComplete() {
			return this.read && (this.root || this.error == null);
		}

	}

}
