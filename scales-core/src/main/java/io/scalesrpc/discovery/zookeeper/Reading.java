package io.scalesrpc.discovery.zookeeper;

import java.util.List;
import java.util.concurrent.Executor;

import io.scalesrpc.discovery.Member;
import io.scalesrpc.discovery.ServerSetUri;
import io.scalesrpc.log.PeerText;
import org.apache.curator.framework.recipes.cache.ChildData;
import org.apache.curator.framework.recipes.cache.CuratorCacheListener;
import org.jspecify.annotations.Nullable;

/**
 * What one cache of Curator has read of a path. A cache never asks again for what it may
 * not read, so that a set makes a new one then. <em>Confined to the serial tasks of its
 * server set</em>, which it hands what Curator tells.
 */
final class Reading implements CuratorCacheListener {

	private final ServerSetUri uri;

	private final MemberNodes nodes;

	private final Executor serial;

	private final Listener listener;

	/** Whether everything was read once, or could not be. */
	private boolean read;

	/** Whether the path itself could be read. */
	private boolean root;

	/** What could not be read, in words. */
	private @Nullable String error;

	/**
	 * Creates a reading of nothing.
	 * @param nodes knows none
	 * @param serial runs what Curator tells
	 * @param listener told of what changes, by serial tasks
	 */
	Reading(ServerSetUri uri, MemberNodes nodes, Executor serial, Listener listener) {
		this.uri = uri;
		this.nodes = nodes;
		this.serial = serial;
		this.listener = listener;
	}

	@Override
	public void event(Type type, @Nullable ChildData before, @Nullable ChildData now) {
		this.serial.execute(() -> {
			ChildData either = (now != null) ? now : before;
			if (either != null) {
				boolean changed = this.nodes.changed(either.getPath(), now);
				this.root |= either.getPath().equals(this.uri.path()) && now != null;
				this.listener.changed(this, changed);
			}
		});
	}

	@Override
	public void initialized() {
		this.serial.execute(() -> {
			this.read = true;
			this.listener.changed(this, true);
		});
	}

	/** Something could not be read; on any thread. */
	void failed(Exception cause) {
		this.serial.execute(() -> {
			this.error = PeerText.printable(this.uri + ": not all could be read: " + cause.getMessage());
			this.listener.failed(this);
		});
	}

	/** Whether it can be believed: a path that may not be read is not an empty one. */
	boolean isComplete() {
		return this.read && (this.root || this.error == null);
	}

	@Nullable String error() {
		return this.error;
	}

	int bad() {
		return this.nodes.bad();
	}

	List<Member> members() {
		return this.nodes.members();
	}

	/** Told by serial tasks. */
	interface Listener {

		/**
		 * More is known, or something else.
		 * @param members whether it is about members
		 */
		void changed(Reading reading, boolean members);

		/** Something could not be read. */
		void failed(Reading reading);

	}

}
