package io.scalesrpc.call;

import org.jspecify.annotations.Nullable;

/**
 * A link in the list of those who are told how a call ended, the latest first.
 * <em>Written before it is in the list, and never again.</em>
 */
abstract class Link {

	/** Who registered before. */
	@Nullable Link earlier;

	/**
	 * The call's time is over, and it has not ended. Whoever holds it back without having
	 * sent it ends it and says why.
	 */
	void expired(Call call) {
		// Most have nothing to say about that.
	}

	/** Told how the call ended. */
	abstract void told(Call call, Outcome outcome);

}
