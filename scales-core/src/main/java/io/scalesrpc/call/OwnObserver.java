package io.scalesrpc.call;

import io.scalesrpc.Internal;

/**
 * An observer that is made for one call and registered with it once: it is its own link
 * in the list of the call's observers, so that registering it makes no other object.
 */
@Internal
public abstract class OwnObserver extends Link implements Observer {

	/** Stands before one that is in no list yet. */
	private static final Link NOWHERE = new Link() {

		@Override
		void told(Call call, Outcome outcome) {
			// Is in no list itself.
		}

	};

	/** For subclasses. */
	protected OwnObserver() {
		this.earlier = NOWHERE;
	}

	/**
	 * Notes that it is registered.
	 * @throws IllegalStateException if it was before: whoever registered earlier would be
	 * told of nothing, or the list would have no end
	 */
	final OwnObserver registeredOnce() {
		if (this.earlier != NOWHERE) {
			throw new IllegalStateException("observer: " + this + " (expected: one that is not registered yet)");
		}
		this.earlier = null;
		return this;
	}

	/**
	 * The call's time is over, and it has not ended. Whoever holds it back without having
	 * sent it ends it and says why; others do nothing.
	 * @param call the call
	 */
	@Override
	protected void expired(Call call) {
		super.expired(call);
	}

	@Override
	final void told(Call call, Outcome outcome) {
		ended(call, outcome);
	}

}
