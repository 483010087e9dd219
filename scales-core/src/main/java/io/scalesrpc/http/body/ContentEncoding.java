package io.scalesrpc.http.body;

import java.util.Locale;

import org.jspecify.annotations.Nullable;

import io.scalesrpc.Internal;

/** How a body is packed. <em>Immutable</em>. */
@Internal
public enum ContentEncoding {

	/** Not at all, or in a way that its reader has to know. */
	NONE,

	/** RFC 1952. */
	GZIP,

	/** RFC 1950, or RFC 1951 alone, which some servers take it for. */
	DEFLATE;

	/**
	 * What a header says.
	 * @param contentEncoding the value of Content-Encoding, or {@code null}
	 * @return {@link #NONE} for anything unknown
	 */
	public static ContentEncoding of(@Nullable String contentEncoding) {
		if (contentEncoding == null) {
			return NONE;
		}
		return switch (contentEncoding.trim().toLowerCase(Locale.ROOT)) {
			case "gzip", "x-gzip" -> GZIP;
			case "deflate", "x-deflate" -> DEFLATE;
			default -> NONE;
		};
	}

}
