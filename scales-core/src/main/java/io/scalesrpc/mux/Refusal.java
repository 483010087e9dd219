package io.scalesrpc.mux;

import io.scalesrpc.Internal;

/**
 * Why a message is not taken in, although it is known where it ends. <em>Immutable</em>.
 *
 * @param why the limit that it passes, as {@code name: value (expected: ...)}
 * @param transientOverload whether it would be taken in at another time: what others need
 * leaves no room for it. Otherwise it is too large by itself
 */
@Internal
public record Refusal(String why, boolean transientOverload) {

	static Refusal tooLarge(long bytes, int maxBytes) {
		return new Refusal("message size: " + bytes + " (expected: <= " + maxBytes + ")", false);
	}

	static Refusal overload(String why) {
		return new Refusal(why, true);
	}

}
