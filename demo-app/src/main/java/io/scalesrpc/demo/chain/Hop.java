package io.scalesrpc.demo.chain;

/**
 * Who works on a request. <em>Immutable</em>.
 */
enum Hop {

	/** The controller. */
	HTTP,

	/** The server it calls. */
	FRONT,

	/** The server which that one calls. */
	BACK

}
