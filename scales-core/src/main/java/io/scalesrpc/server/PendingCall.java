package io.scalesrpc.server;

import java.util.concurrent.Future;

import org.jspecify.annotations.Nullable;

/**
 * A call that has no reply yet, and what will end it if nobody does. <em>Confined to the
 * connection's event loop</em>.
 *
 * @param call the call
 * @param expiry interrupts it when its deadline passes, later answers for it; null for
 * none
 */
record PendingCall(RunningCall call, @Nullable Future<?> expiry) {

	/** The call will end, or has ended, some other way. */
	RunningCall settle() {
		if (this.expiry != null) {
			this.expiry.cancel(false);
		}
		return this.call;
	}

}
