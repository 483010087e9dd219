package io.scalesrpc.call;

import org.jspecify.annotations.Nullable;

/**
 * A link in the list of those who are told how a call ended, the latest first.
 * <em>Written before it is in the list, and never again.</em>
 */
abstract class Link {

	/** Who registered before. */
	@Nullable Link earlier;

	/** Told how the call ended. */
	abstract void told(Call call, Outcome outcome);

}
