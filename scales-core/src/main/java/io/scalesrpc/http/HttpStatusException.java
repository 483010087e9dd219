package io.scalesrpc.http;

import java.io.Serial;

import io.scalesrpc.call.PeerText;
import org.jspecify.annotations.Nullable;

/**
 * The cause of a call that failed because of the status of its answer; has the answer.
 * <em>Immutable</em> as far as exceptions are.
 */
public final class HttpStatusException extends Exception {

	@Serial
	private static final long serialVersionUID = 1L;

	private final transient @Nullable ScalesHttpResponse response;

	HttpStatusException(ScalesHttpResponse response) {
		super(PeerText.printable(response.toString()), null, false, false);
		this.response = response;
	}

	/**
	 * The answer.
	 * @return the whole answer; {@code null} only after the exception was serialised
	 */
	public @Nullable ScalesHttpResponse response() {
		return this.response;
	}

}
