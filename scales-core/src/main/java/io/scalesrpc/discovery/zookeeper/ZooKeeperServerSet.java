package io.scalesrpc.discovery.zookeeper;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import io.scalesrpc.discovery.Member;
import io.scalesrpc.discovery.ServerSet;
import io.scalesrpc.discovery.ServerSetUri;
import io.scalesrpc.discovery.SourceStatus;
import io.scalesrpc.time.SerialExecutor;
import io.scalesrpc.time.Timer;
import org.jspecify.annotations.Nullable;

/**
 * The members that stand below a path of ZooKeeper, in whatever format. What is known
 * stays when ZooKeeper is lost, and is compared when it is back. As long as something may
 * not be read, the path is read anew every ten seconds, and what is known stays until
 * that is done. <em>Thread-safe</em>: what changes is only touched by serial tasks,
 * Curator is started and stopped on the context's executor.
 */
final class ZooKeeperServerSet implements ServerSet, Reading.Listener {

	/** From a failure to the next try. */
	static final Duration READ_AGAIN = Duration.ofSeconds(10);

	private final ServerSetUri uri;

	private final NodeFormat format;

	private final ZooKeeperContext context;

	private final SerialExecutor serial;

	private @Nullable Publisher publisher;

	/** Nodes that the log was told of. Touched by serial tasks only, as are the next. */
	private final Set<String> warned = new HashSet<>();

	private @Nullable Following following;

	/** The latest. */
	private @Nullable Reading reading;

	/** The latest that is complete. */
	private @Nullable Reading believed;

	private Timer.@Nullable Timeout again;

	/** There before the first member is told. */
	private volatile @Nullable Link link;

	private volatile Knowledge knowledge = new Knowledge(false, null, 0);

	private volatile boolean closed;

	ZooKeeperServerSet(ServerSetUri uri, NodeFormat format, ZooKeeperContext context) {
		this.uri = uri;
		this.format = format;
		this.context = context;
		this.serial = new SerialExecutor(context.executor());
	}

	@Override
	public void watch(Consumer<List<Member>> watcher) {
		this.serial
			.execute(() -> this.publisher = new Publisher(this::members, this.serial, this.context.timer(), watcher));
		this.context.executor().execute(this::follow);
	}

	private List<Member> members() {
		Reading known = this.believed;
		return (known != null) ? known.members() : List.of();
	}

	private void follow() {
		if (this.closed) {
			return;
		}
		Ensemble ensemble = this.context.join(this.uri);
		this.link = ensemble.link();
		MemberNodes nodes = new MemberNodes(this.uri, this.format, this.warned);
		Reading begun = new Reading(this.uri, nodes, this.serial, this);
		this.serial.execute(() -> this.reading = begun);
		Following started = Following.start(this.context, ensemble, this.uri, begun, begun::failed);
		this.serial.execute(() -> {
			stop();
			this.following = started;
			if (this.closed) {
				stop();
				this.link = null;
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
			if (this.again != null) {
				this.again.cancel();
			}
			stop();
			this.link = null;
		});
	}

	private void stop() {
		Following stopped = this.following;
		if (stopped != null) {
			this.following = null;
			this.context.executor().execute(stopped::stop);
		}
	}

	@Override
	public void changed(Reading from, boolean members) {
		if (from != this.reading) {
			return;
		}
		boolean first = from.isComplete() && from != this.believed;
		this.believed = from.isComplete() ? from : this.believed;
		look(from);
		if (this.publisher != null && first) {
			this.publisher.publish();
		}
		else if (this.publisher != null && members && from.isComplete()) {
			this.publisher.changed();
		}
	}

	@Override
	public void failed(Reading from) {
		if (from != this.reading || this.closed) {
			return;
		}
		look(from);
		if (this.again == null) {
			this.again = this.context.timer()
				.schedule(() -> this.serial.execute(this::readAgain), READ_AGAIN.toNanos(), TimeUnit.NANOSECONDS);
		}
	}

	private void readAgain() {
		this.again = null;
		this.context.executor().execute(this::follow);
	}

	private void look(Reading latest) {
		this.knowledge = new Knowledge(this.believed != null, latest.error(), latest.bad());
	}

	@Override
	public SourceStatus status() {
		Link seen = this.link;
		Knowledge known = this.knowledge;
		if (seen == null) {
			return SourceStatus.UNKNOWN;
		}
		Duration age = known.complete() ? seen.age() : null;
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
	 * @param complete whether members were told, or are about to be
	 * @param error what could not be read, in words
	 * @param bad how many nodes are left out
	 */
	private record Knowledge(boolean complete, @Nullable String error, int bad) {
	}

}
