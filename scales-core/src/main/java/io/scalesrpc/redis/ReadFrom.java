package io.scalesrpc.redis;

/** Which servers of a replication group are asked to read. Writes go to the primary. */
public enum ReadFrom {

	/** The primary. */
	PRIMARY,

	/** The replicas; while none is known, the primary. What they answer may be older. */
	REPLICAS,

	/** All of them, the primary included. */
	ANY

}
