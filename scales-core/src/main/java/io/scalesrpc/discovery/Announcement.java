package io.scalesrpc.discovery;

import java.util.concurrent.CompletionStage;

import org.jspecify.annotations.Nullable;

/**
 * A member that is told of in a registry until it is withdrawn: again and again if the
 * registry forgets it, and later if the registry does not answer now. Implementations are
 * <em>thread-safe</em>.
 */
public interface Announcement {

	/**
	 * Why the member does not stand in the registry now, as far as that is known. Asks
	 * nobody.
	 * @return words; {@code null} if it does, or nothing is known
	 */
	default @Nullable String problem() {
		return null;
	}

	/**
	 * Takes the member out of the registry. Never blocks. Safe to call more than once.
	 * @return completes when the registry has let go of the member; if the registry does
	 * not answer, when nothing keeps the member there any more and it will go by itself
	 */
	CompletionStage<Void> withdraw();

}
