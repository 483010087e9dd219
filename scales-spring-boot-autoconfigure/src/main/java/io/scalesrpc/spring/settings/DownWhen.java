package io.scalesrpc.spring.settings;

/**
 * What makes the health of a client DOWN. <em>Immutable</em>.
 */
public enum DownWhen {

	/** All of its members are. */
	ALL_MEMBERS,

	/** Fewer of its members take calls than the least share. */
	SHARE,

	/** One of its circuit breakers refuses calls. */
	BREAKER_OPEN

}
