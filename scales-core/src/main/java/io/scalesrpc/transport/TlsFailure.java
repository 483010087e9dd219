package io.scalesrpc.transport;

import java.nio.channels.ClosedChannelException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.function.Function;

import javax.net.ssl.SSLHandshakeException;

import io.netty.handler.ssl.NotSslRecordException;
import io.netty.handler.ssl.SslHandshakeTimeoutException;
import io.scalesrpc.log.PeerText;
import org.jspecify.annotations.Nullable;

/**
 * Says in plain words why a TLS handshake failed; what the Java runtime says is in the
 * causes. <em>Stateless</em>; thread-safe.
 */
final class TlsFailure {

	/** How deep causes are followed: they could go in a circle. */
	private static final int MAX_DEPTH = 16;

	private TlsFailure() {
	}

	/**
	 * Describes a failure.
	 * @param failure what Netty or the Java runtime says
	 * @param name the name the server was to prove
	 * @return a new exception, the failure being its cause
	 */
	static SSLHandshakeException of(Throwable failure, String name) {
		SSLHandshakeException described = new SSLHandshakeException(
				"TLS handshake with '" + name + "' failed: " + reason(failure));
		described.initCause(failure);
		return described;
	}

	private static String reason(Throwable failure) {
		String known = first(failure, TlsFailure::known);
		// What wraps the others says least.
		known = (known != null) ? known : first(failure, TlsFailure::ofPath);
		// What a server sent may be part of it.
		return (known != null) ? known : text(failure);
	}

	private static @Nullable String first(Throwable failure, Function<Throwable, @Nullable String> reading) {
		Throwable cause = failure;
		for (int depth = 0; cause != null && depth < MAX_DEPTH; depth++) {
			String read = reading.apply(cause);
			if (read != null) {
				return read;
			}
			cause = cause.getCause();
		}
		return null;
	}

	private static @Nullable String known(Throwable cause) {
		if (cause instanceof NotSslRecordException) {
			return "the server does not speak TLS (expected: TLS; it answered with something else)";
		}
		if (cause instanceof SslHandshakeTimeoutException) {
			return "the server did not finish it in time";
		}
		if (cause instanceof ClosedChannelException || isEnd(cause)) {
			return "the server closed the connection (expected: TLS; a server that does not speak it may do so)";
		}
		return ofCertificate(cause);
	}

	/** Netty has no type of its own for it. */
	private static boolean isEnd(Throwable cause) {
		return String.valueOf(cause.getMessage()).startsWith("Connection closed while SSL/TLS handshake");
	}

	private static @Nullable String ofCertificate(Throwable cause) {
		if (cause instanceof CertificateExpiredException) {
			return "the certificate of the server has expired (" + text(cause) + ")";
		}
		if (cause instanceof CertificateNotYetValidException) {
			return "the certificate of the server is not valid yet (" + text(cause) + ")";
		}
		if (cause instanceof CertPathBuilderException) {
			return "no trusted authority has signed the certificate of the server (" + text(cause) + ")";
		}
		if (cause.getClass() == CertificateException.class && cause.getCause() == null) {
			return "the certificate is not one for that name (" + text(cause) + ")";
		}
		return null;
	}

	private static @Nullable String ofPath(Throwable cause) {
		return (cause instanceof CertPathValidatorException)
				? "the certificate of the server is not trusted (" + text(cause) + ")" : null;
	}

	private static String text(Throwable cause) {
		return PeerText.printable(String.valueOf(cause.getMessage()));
	}

}
