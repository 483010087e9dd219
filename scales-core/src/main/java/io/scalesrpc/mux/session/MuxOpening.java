package io.scalesrpc.mux.session;

import java.util.concurrent.atomic.AtomicBoolean;

import io.scalesrpc.call.Failure;
import io.scalesrpc.call.FailureKind;
import io.scalesrpc.transport.ConnectionFactory.Listener;
import org.jspecify.annotations.Nullable;

/**
 * One attempt to open a connection; tells its listener the first result and no other.
 * <em>Thread-safe</em>.
 */
final class MuxOpening {

	private final MuxSessionContext context;

	private final Listener listener;

	private final AtomicBoolean told = new AtomicBoolean();

	MuxOpening(MuxSessionContext context, Listener listener) {
		this.context = context;
		this.listener = listener;
	}

	void done(MuxSession session) {
		if (this.told.compareAndSet(false, true)) {
			this.listener.opened(new MuxConnection(session, this.context));
		}
	}

	void failed(String reason, @Nullable Throwable cause) {
		if (this.told.compareAndSet(false, true)) {
			this.listener.failed(Failure.of(FailureKind.NOT_SENT, reason, cause));
		}
	}

}
