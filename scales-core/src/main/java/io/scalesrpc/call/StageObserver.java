package io.scalesrpc.call;

import org.jspecify.annotations.Nullable;

import io.scalesrpc.Internal;

/**
 * An observer that a stage registers with every call. Where nothing but such observers
 * were registered before, as above the first stage that has one of its own for each call,
 * the list of one call is that of all: its link is kept and used again. Any other link
 * would keep what belongs to a call that is long over.
 */
@Internal
public abstract class StageObserver implements Observer {

	/** The link that was used last; whichever thread writes it, any will do. */
	private volatile @Nullable Link last;

	/** For subclasses. */
	protected StageObserver() {
	}

	Link link(@Nullable Link earlier) {
		Link kept = this.last;
		if (kept != null && kept.earlier == earlier) {
			return kept;
		}
		Registration made = new Registration(this, earlier);
		if (made.isOfStagesOnly()) {
			this.last = made;
		}
		return made;
	}

}
