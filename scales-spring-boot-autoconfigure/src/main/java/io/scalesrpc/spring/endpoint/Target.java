package io.scalesrpc.spring.endpoint;

/**
 * What of a client an operator changes. <em>Immutable</em>.
 */
public enum Target {

	/** A member: it is drained, ejected or restored. */
	MEMBERS,

	/** A setting that may change while the client lives. */
	SETTINGS

}
