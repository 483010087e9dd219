package io.scalesrpc.transport;

import javax.net.ssl.SSLHandshakeException;

import org.jspecify.annotations.Nullable;

/**
 * The one protocol that a client offers within the handshake of TLS (ALPN, RFC 7301).
 * <em>Immutable</em>.
 *
 * @param name as it is registered, for example {@code h2}
 * @param required whether a server must choose it; otherwise one that chooses nothing is
 * taken to speak it
 */
public record Alpn(String name, boolean required) {

	/** How servers refuse what is offered (RFC 7301, 3.2). */
	private static final String REFUSAL = "no_application_protocol";

	/** What is wrong with the choice of a server; null if it will do. */
	@Nullable SSLHandshakeException problem(@Nullable String chosen) {
		if (this.name.equals(chosen) || (chosen == null && !this.required)) {
			return null;
		}
		return new SSLHandshakeException("the server chose " + ((chosen != null) ? "'" + chosen + "'" : "no protocol")
				+ " (expected: '" + this.name + "' by ALPN)");
	}

	/** Says what an alert means; any other failure stays as it is. */
	Throwable explain(Throwable failure) {
		if (!String.valueOf(failure.getMessage()).contains(REFUSAL)) {
			return failure;
		}
		SSLHandshakeException explained = new SSLHandshakeException(
				"the server does not speak '" + this.name + "', which was offered by ALPN");
		explained.initCause(failure);
		return explained;
	}

}
