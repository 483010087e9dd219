package io.scalesrpc.call;

import org.jspecify.annotations.Nullable;

/**
 * The link of an observer that is none itself. <em>Immutable</em> once it is in a list.
 */
final class Registration extends Link {

	private final Observer observer;

	private final boolean ofStagesOnly;

	Registration(Observer observer, @Nullable Link earlier) {
		this.observer = observer;
		this.earlier = earlier;
		this.ofStagesOnly = observer instanceof StageObserver
				&& (earlier == null || (earlier instanceof Registration before && before.ofStagesOnly));
	}

	/** Whether nothing in the list up to here belongs to one call. */
	boolean isOfStagesOnly() {
		return this.ofStagesOnly;
	}

	@Override
	void told(Call call, Outcome outcome) {
		this.observer.ended(call, outcome);
	}

}
