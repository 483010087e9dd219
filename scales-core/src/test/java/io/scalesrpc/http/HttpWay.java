package io.scalesrpc.http;

/**
 * How HTTP is spoken: which version, and whether over TLS. <em>Immutable</em>.
 */
enum HttpWay {

	PLAIN("1.1", "http"), TLS("1.1", "https"), H2C("2", "http"), H2("2", "https");

	/** The option of the client. */
	final String version;

	/** The scheme of the URI. */
	final String scheme;

	HttpWay(String version, String scheme) {
		this.version = version;
		this.scheme = scheme;
	}

}
