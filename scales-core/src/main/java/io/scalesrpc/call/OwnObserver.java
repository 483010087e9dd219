package io.scalesrpc.call;

/**
 * An observer that is made for one call and registered with it once: it is its own link
 * in the list of the call's observers, so that registering it makes no other object.
 */
public abstract class OwnObserver extends Link implements Observer {

	@Override
	final void told(Call call, Outcome outcome) {
		ended(call, outcome);
	}

}
