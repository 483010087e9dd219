package io.scalesrpc.transport.channel;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

import io.scalesrpc.Internal;
import io.scalesrpc.call.SinkState;
import org.jspecify.annotations.Nullable;

/**
 * What other threads may know of a connection: whether it takes a call. A call counts
 * from before its request is encoded until nothing of it is left on the connection.
 * <em>Thread-safe</em>.
 */
@Internal
public final class ConnectionStatus {

	private final int maxCalls;

	private final AtomicInteger calls = new AtomicInteger();

	/** Told when there is no call left; as a rule nobody. */
	private final AtomicReference<@Nullable Runnable> waiting = new AtomicReference<>();

	/** OPEN, BUSY while it drains, CLOSED from the moment it must not be used. */
	private volatile SinkState state = SinkState.OPEN;

	private volatile boolean served;

	private final UnsentCalls unsent = new UnsentCalls();

	/**
	 * Creates the occupancy of a new connection.
	 * @param maxCalls how many calls it takes at a time
	 */
	public ConnectionStatus(int maxCalls) {
		this.maxCalls = maxCalls;
	}

	/**
	 * How ready the connection is for one call more.
	 * @return {@link SinkState#BUSY} while it drains, or has as many calls as it takes
	 */
	public SinkState state() {
		SinkState now = this.state;
		return (now == SinkState.OPEN && this.calls.get() >= this.maxCalls) ? SinkState.BUSY : now;
	}

	/**
	 * Whether it only finishes what it has.
	 * @return {@code true} from {@link #drain()} on, until it is closed
	 */
	public boolean isDraining() {
		return this.state == SinkState.BUSY;
	}

	/** Takes no more calls. */
	public void drain() {
		if (this.state == SinkState.OPEN) {
			this.state = SinkState.BUSY;
		}
	}

	/** Must not be used any more. */
	public void close() {
		this.state = SinkState.CLOSED;
	}

	/** A call was answered. Reads before it writes: every answer comes here. */
	public void served() {
		if (!this.served) {
			this.served = true;
		}
	}

	/**
	 * Whether a call was ever answered.
	 * @return {@code true} after {@link #served()}
	 */
	public boolean hasServed() {
		return this.served;
	}

	/**
	 * Whether a call that is not taken could be on another connection.
	 * @return {@code true} while it drains and when it is closed
	 */
	public boolean isEnding() {
		return this.state != SinkState.OPEN;
	}

	/**
	 * Where calls go that were taken and not sent, because the connection ends.
	 * @return the same for as long as the connection lives
	 */
	public UnsentCalls unsent() {
		return this.unsent;
	}

	/**
	 * Takes a call.
	 * @return {@code null}, or why it is not taken
	 */
	public @Nullable String begin() {
		String refusal = refusal();
		if (this.calls.incrementAndGet() > this.maxCalls) {
			refusal = "calls pending on the connection: " + this.maxCalls + " (expected: < " + this.maxCalls + ")";
		}
		if (refusal != null) {
			finished();
		}
		return refusal;
	}

	/**
	 * Why no call is taken any more.
	 * @return {@code null} while calls are taken
	 */
	@Nullable String refusal() {
		if (this.state == SinkState.OPEN) {
			return null;
		}
		return isDraining() ? "connection is draining" : "connection is closed";
	}

	/** Nothing of a call is left. */
	public void finished() {
		if (this.calls.decrementAndGet() == 0 && this.waiting.get() != null) {
			tellWaiting();
		}
	}

	/**
	 * Registers who is told, once, that it has no calls; at once if it has none. Only for
	 * one at a time, who sends it no call before.
	 * @param listener runs on the thread that finishes the last one, or on this
	 */
	public void whenIdle(Runnable listener) {
		if (isIdle()) {
			listener.run();
			return;
		}
		this.waiting.set(listener);
		if (isIdle()) {
			tellWaiting();
		}
	}

	private void tellWaiting() {
		Runnable told = this.waiting.getAndSet(null);
		if (told != null) {
			told.run();
		}
	}

	/**
	 * Whether it has no calls.
	 * @return {@code true} if everything that began is finished
	 */
	public boolean isIdle() {
		return this.calls.get() == 0;
	}

}
