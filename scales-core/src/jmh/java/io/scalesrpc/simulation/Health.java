package io.scalesrpc.simulation;

/**
 * What a simulated server does with a call that arrives. <em>Immutable</em>.
 */
enum Health {

	/** Answers. */
	GOOD,

	/** Answers at once that it failed. */
	FAILS_AT_ONCE,

	/** Does the work and then answers that it failed. */
	FAILS_LATE,

	/** Does the work, and of ten calls answers one, by chance, that it failed. */
	FAILS_NOW_AND_THEN,

	/** Does not listen; connections are lost. */
	DOWN

}
