package io.scalesrpc.http.message;

import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Exception.HeaderListSizeException;
import io.scalesrpc.call.Failure;
import io.scalesrpc.call.FailureKind;
import io.scalesrpc.log.PeerText;
import org.jspecify.annotations.Nullable;

/**
 * Answers that break a limit of this client, which says nothing against the server.
 * <em>Stateless</em>.
 */
public final class OwnLimits {

	private OwnLimits() {
	}

	/** The failure that says which limit it was; null if it was none. */
	public static @Nullable Failure broken(Throwable cause) {
		String limit = limit(cause);
		return (limit != null) ? Failure.of(FailureKind.INTERNAL,
				"answer too large: " + text(cause) + "; the limit is this client's " + limit, cause) : null;
	}

	private static String text(Throwable cause) {
		return PeerText.printable(String.valueOf(cause.getMessage()));
	}

	private static @Nullable String limit(Throwable cause) {
		if (cause instanceof TooLongHttpHeaderException || cause instanceof HeaderListSizeException
				|| isHeadOfConnection(cause)) {
			return HttpOptions.MAX_HEAD_SIZE;
		}
		if (cause instanceof TooLongHttpLineException) {
			return "own, for a line";
		}
		return (cause instanceof TooLongFrameException) ? "max-frame-size" : null;
	}

	/**
	 * A head that is larger by a quarter is not read to its end, and so the tables of
	 * HTTP/2 are lost, and the connection; of that Netty has no class.
	 */
	private static boolean isHeadOfConnection(Throwable cause) {
		return cause instanceof Http2Exception && text(cause).startsWith("Header size exceeded max allowed size");
	}

}
