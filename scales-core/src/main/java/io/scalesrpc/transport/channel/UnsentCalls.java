package io.scalesrpc.transport.channel;

import java.util.function.Consumer;

import io.scalesrpc.Internal;
import io.scalesrpc.call.Call;
import io.scalesrpc.call.Failure;
import io.scalesrpc.call.FailureKind;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of calls that a connection was given and has not sent, because it ends:
 * whoever keeps the connection takes them back and sends them elsewhere.
 * <em>Thread-safe</em>.
 */
@Internal
public final class UnsentCalls {

	private volatile @Nullable Consumer<Call> taker;

	/** Nothing waits yet. */
	public UnsentCalls() {
	}

	/**
	 * Registers who takes them; the latest does.
	 * @param newTaker told each call, on any thread
	 */
	public void to(Consumer<Call> newTaker) {
		this.taker = newTaker;
	}

	/**
	 * Gives a call back. If nobody takes it, it ends.
	 * @param call a call of which nothing was sent
	 * @param reason why
	 * @param cause what was thrown, if anything was
	 */
	public void giveBack(Call call, String reason, @Nullable Throwable cause) {
		Consumer<Call> known = this.taker;
		if (known == null) {
			call.end(Failure.of(FailureKind.NOT_SENT, reason, cause));
		}
		else if (!call.isEnded()) {
			known.accept(call);
		}
	}

}
