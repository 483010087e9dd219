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
 */
record ZooKeeperContext(Ensembles ensembles, Executor executor, Timer timer) {

	ZooKeeperContext(Executor executor, Timer timer, Ticker ticker) {
		this(new Ensembles(ticker), executor, timer);
	}

	/** Starts to announce a node; does not wait. */
	Announcement announce(ServerSetUri uri, NodeFormat.NewNode node) {
		return new ZooKeeperAnnouncement(uri, node, this.ensembles.alone(uri.authority()), this).start();
	}

}
