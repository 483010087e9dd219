package io.scalesrpc.call;

import org.jspecify.annotations.Nullable;

/**
 * The link of an observer that is none itself. <em>Immutable</em> once it is in a list.
 */
final class Registration extends Link {

	private final Observer observer;

	Registration(Observer observer, @Nullable Link earlier) {
		this.observer = observer;
		this.earlier = earlier;
	}

	@Override
	void told(Call call, Outcome outcome) {
		this.observer.ended(call, outcome);
	}

}
