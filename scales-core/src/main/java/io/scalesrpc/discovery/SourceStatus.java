package io.scalesrpc.discovery;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * How well a server set knows its members at one moment. <em>Immutable</em>.
 *
 * @param age how long ago the source last confirmed what is known, zero while it tells
 * every change at once; {@code null} if it never told anything
 * @param lastError why the source does not answer now; {@code null} if it does
 * @param badMembers how many entries of the source are left out because they cannot be
 * read
 */
public record SourceStatus(@Nullable Duration age, @Nullable String lastError, int badMembers) {

	/** A source that needs no asking. */
	public static final SourceStatus CURRENT = new SourceStatus(Duration.ZERO, null, 0);

	/** A source that has not answered yet. */
	public static final SourceStatus UNKNOWN = new SourceStatus(null, null, 0);

}
