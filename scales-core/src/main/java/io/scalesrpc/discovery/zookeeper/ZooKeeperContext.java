package io.scalesrpc.discovery.zookeeper;

import java.util.concurrent.Executor;

import io.scalesrpc.discovery.Announcement;
import io.scalesrpc.discovery.ServerSetUri;
import io.scalesrpc.time.Ticker;
import io.scalesrpc.time.Timer;

/**
 * What server sets and announcements share. <em>Thread-safe</em>.
 *
 * @param ensembles the connections
 * @param executor runs what may take a while
 * @param timer wakes sets
 * @param settings who this process is
 */
record ZooKeeperContext(Ensembles ensembles, Executor executor, Timer timer, ZooKeeperSettings settings) {

	ZooKeeperContext(Executor executor, Timer timer, Ticker ticker) {
		this(new Ensembles(ticker), executor, timer, ZooKeeperSettings.DEFAULT);
	}

	/** The same for somebody else. */
	ZooKeeperContext with(ZooKeeperSettings others) {
		return new ZooKeeperContext(this.ensembles, this.executor, this.timer, others);
	}

	/** Joins the connection to the hosts of a URI. */
	Ensemble join(ServerSetUri uri) {
		return this.ensembles.join(uri.authority(), this.settings);
	}

	/** Leaves it. */
	void leave(ServerSetUri uri, Ensemble left) {
		this.ensembles.leave(uri.authority(), this.settings, left);
	}

	/** Starts to announce a node; does not wait. */
	Announcement announce(ServerSetUri uri, NodeFormat.NewNode node) {
		return new ZooKeeperAnnouncement(uri, node, this.ensembles.alone(uri.authority(), uri.path(), this.settings),
				this)
			.start();
	}

}
