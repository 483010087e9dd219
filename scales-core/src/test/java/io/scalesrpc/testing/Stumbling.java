package io.scalesrpc.testing;

import java.util.random.RandomGenerator;

/**
 * Something that fails now and then, half of the time by an exception and half of the
 * time by an error. <em>Thread-safe</em> if chance is.
 *
 * @param random says when
 * @param oneIn how many times it goes well for each of both, on average
 */
public record Stumbling(RandomGenerator random, int oneIn) {

	/** Fails, or does nothing. */
	public void perhaps() {
		switch (this.random.nextInt(this.oneIn)) {
			case 0 -> throw new StackOverflowError("thrown by a test");
			case 1 -> throw new IllegalStateException("thrown by a test");
			default -> {
				// most of the time it does what it should
			}
		}
	}

}
