package io.scalesrpc.discovery.zookeeper;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import io.scalesrpc.discovery.Member;
import io.scalesrpc.discovery.ServerSet;
import io.scalesrpc.discovery.ServerSetUri;
import io.scalesrpc.time.SerialExecutor;
import io.scalesrpc.time.Timer;
import org.apache.curator.framework.recipes.cache.ChildData;
import org.apache.curator.framework.recipes.cache.CuratorCache;
import org.apache.curator.framework.recipes.cache.CuratorCacheListener;
import org.jspecify.annotations.Nullable;

/**
 * The living members announced below a path of ZooKeeper. What is known stays when
 * ZooKeeper is lost, and is compared when it is back. A set that becomes empty is
 * believed after 20 seconds. <em>Thread-safe</em>: its state is only touched by serial
 * tasks.
 */
final class ZooKeeperServerSet implements ServerSet, CuratorCacheListener {

	static final Duration EMPTY_GRACE = Duration.ofSeconds(20);

	private final ServerSetUri uri;

	private final Ensembles ensembles;

	private final Timer timer;

	private final SerialExecutor serial = new SerialExecutor();

	private final MemberNodes nodes;

	private @Nullable CuratorCache cache;

	private @Nullable Consumer<List<Member>> watcher;

	private Timer.@Nullable Timeout grace;

	ZooKeeperServerSet(ServerSetUri uri, Ensembles ensembles, Timer timer) {
		this.uri = uri;
		this.ensembles = ensembles;
		this.timer = timer;
		this.nodes = new MemberNodes(uri);
	}

	@Override
	public void watch(Consumer<List<Member>> watcher) {
		this.serial.execute(() -> {
			this.watcher = watcher;
			CuratorCache started = CuratorCache.build(this.ensembles.join(this.uri.authority()), this.uri.path());
			this.cache = started;
			started.listenable().addListener(this);
			started.start();
		});
	}

	@Override
	public void close() {
		this.serial.execute(() -> {
			this.watcher = null;
			stopGrace();
			if (this.cache != null) {
				this.cache.close();
				this.cache = null;
				this.ensembles.leave(this.uri.authority());
			}
		});
	}

	@Override
	public void event(Type type, @Nullable ChildData oldData, @Nullable ChildData data) {
		this.serial.execute(() -> {
			if (this.nodes.changed(oldData, data)) {
				publish();
			}
		});
	}

	@Override
	public void initialized() {
		this.serial.execute(() -> {
			this.nodes.complete();
			publish();
		});
	}

	private void publish() {
		if (this.watcher == null || !this.nodes.isComplete()) {
			return;
		}
		if (!this.nodes.members().isEmpty()) {
			stopGrace();
			tell();
		}
		else if (this.grace == null) {
			this.grace = this.timer.schedule(() -> this.serial.execute(this::believeEmpty), EMPTY_GRACE.toSeconds(),
					TimeUnit.SECONDS);
		}
	}

	private void believeEmpty() {
		if (this.grace != null) {
			this.grace = null;
			tell();
		}
	}

	private void tell() {
		Consumer<List<Member>> told = this.watcher;
		List<Member> members = this.nodes.members();
		if (told != null && this.nodes.isNew(members)) {
			told.accept(members);
		}
	}

	private void stopGrace() {
		if (this.grace != null) {
			this.grace.cancel();
			this.grace = null;
		}
	}

	@Override
	public String toString() {
		return this.uri.toString();
	}

}
