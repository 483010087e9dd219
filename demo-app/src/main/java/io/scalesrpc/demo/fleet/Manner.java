package io.scalesrpc.demo.fleet;

/**
 * What a server does. <em>Immutable</em>.
 */
public enum Manner {

	/** Answers within a few milliseconds. */
	WELL,

	/** Takes 200 ms for every answer. */
	SLOW,

	/** Takes 400 ms for one answer in five: longer than a client waits for a try. */
	STALLING,

	/** Answers at once that it cannot. */
	FAILING,

	/** Neither reads nor writes, and keeps its connections. */
	FROZEN,

	/**
	 * Its process was killed: the sockets are gone, ZooKeeper lists it until it notices.
	 */
	DEAD,

	/** Has told ZooKeeper and its clients that it goes, and goes. */
	AWAY

}
