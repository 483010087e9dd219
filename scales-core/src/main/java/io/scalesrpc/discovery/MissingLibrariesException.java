package io.scalesrpc.discovery;

import java.io.Serial;

import org.jspecify.annotations.Nullable;

import io.scalesrpc.Internal;

/**
 * A scheme of URIs whose libraries are not on the class path. <em>Immutable</em>.
 */
@Internal
public final class MissingLibrariesException extends IllegalArgumentException {

	@Serial
	private static final long serialVersionUID = 1L;

	/** The coordinates of what is missing. */
	private final String libraries;

	/**
	 * Says what is missing.
	 * @param text the URI, and what is expected
	 * @param libraries the names of the artefacts
	 * @param cause what was thrown for it; {@code null} if nothing was
	 */
	public MissingLibrariesException(String text, String libraries, @Nullable Throwable cause) {
		super(text, cause);
		this.libraries = libraries;
	}

	/**
	 * The libraries.
	 * @return the names of their artefacts, with {@code and} between them
	 */
	public String libraries() {
		return this.libraries;
	}

}
