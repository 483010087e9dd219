package io.scalesrpc.mux.session;

import java.util.concurrent.TimeUnit;

import io.netty.util.concurrent.EventExecutor;
import io.scalesrpc.time.Ticker;
import io.scalesrpc.time.Timer;
import io.scalesrpc.transport.channel.PingPace;
import org.jspecify.annotations.Nullable;

/**
 * Finds out that a peer is gone without a word, as Finagle's threshold failure detector
 * does: a ping at the start, the next one an interval after the last one was sent or a
 * little earlier, together with those of other connections, seldom while nobody calls,
 * and the end of the connection when one stays unanswered too long and nothing else
 * comes, either. One ping is out at a time. Where bytes come, but no frame is complete
 * and calls time out, the peer is alive and the connection of no use: it gets no more
 * calls. <em>Confined to the connection's event loop</em>.
 */
final class PingDetector {

	private static final int SUSPICIOUS_TIMEOUTS = 3;

	private final MuxSettings settings;

	private final Clocks clocks;

	private final Owner owner;

	private final PingPace pace;

	private Timer.@Nullable Timeout timeout;

	private State state = State.IDLE;

	private long sentNanos;

	private long readsAtLastLook;

	private int silentTimeouts;

	/** What the timeout stands for. */
	private enum State {

		IDLE, WAITING_FOR_PONG, STOPPED

	}

	PingDetector(MuxSettings settings, Clocks clocks, PingPace pace, Owner owner) {
		this.settings = settings;
		this.clocks = clocks;
		this.pace = pace;
		this.owner = owner;
	}

	/** Sends a ping now, unless one is out; every later ping follows from it. */
	void ping() {
		assert this.clocks.eventLoop().inEventLoop();
		if (this.state != State.IDLE || !this.pace.isOn()) {
			return;
		}
		cancel();
		this.state = State.WAITING_FOR_PONG;
		this.sentNanos = this.clocks.ticker().nanos();
		waitForPong(this.sentNanos);
		this.owner.sendPing();
	}

	private void waitForPong(long sent) {
		this.readsAtLastLook = this.owner.reads();
		this.timeout = after(this.settings.pingTimeout().toNanos(), () -> unanswered(sent));
	}

	/** Takes note of an answer, whatever its tag. */
	void pong() {
		assert this.clocks.eventLoop().inEventLoop();
		if (this.state != State.WAITING_FOR_PONG) {
			return;
		}
		cancel();
		this.state = State.IDLE;
		long now = this.clocks.ticker().nanos();
		this.timeout = after(this.pace.next(now, now - this.sentNanos), this::ping);
	}

	/** Takes note of a call that is about to be sent. */
	void called() {
		if (this.pace.called()) {
			ping();
		}
	}

	/** Takes note of a frame: the peer is there. */
	void frameRead() {
		this.silentTimeouts = 0;
	}

	/**
	 * Takes note of a call that timed out. Several without a frame between them ask for a
	 * ping before its time: a connection on which garbage was read as the length of a
	 * frame looks just like a slow peer.
	 */
	void callTimedOut() {
		if (++this.silentTimeouts >= SUSPICIOUS_TIMEOUTS) {
			ping();
		}
	}

	/** Ends the pinging. */
	void stop() {
		cancel();
		this.state = State.STOPPED;
	}

	/** The ping may have been answered, and another one sent, since the timer fired. */
	private void unanswered(long sent) {
		if (this.state != State.WAITING_FOR_PONG || this.sentNanos != sent) {
			return;
		}
		if (this.owner.reads() == this.readsAtLastLook) {
			stop();
			this.owner.dead();
			return;
		}
		waitForPong(sent);
		if (this.silentTimeouts >= SUSPICIOUS_TIMEOUTS) {
			this.owner.useless();
		}
	}

	private Timer.Timeout after(long nanos, Runnable task) {
		return this.clocks.timer().schedule(task, nanos, TimeUnit.NANOSECONDS);
	}

	private void cancel() {
		if (this.timeout != null) {
			this.timeout.cancel();
			this.timeout = null;
		}
	}

	/** The connection that is watched. Called on its event loop. */
	interface Owner {

		/** Sends a ping. */
		void sendPing();

		/** How often bytes have come. */
		long reads();

		/** Nothing comes any more. */
		void dead();

		/** Something comes, but no answer. */
		void useless();

	}

	/**
	 * The time as a connection sees it. <em>Immutable</em>.
	 *
	 * @param timer runs tasks later, on the event loop
	 * @param ticker tells the time
	 * @param eventLoop where the detector runs
	 */
	record Clocks(Timer timer, Ticker ticker, EventExecutor eventLoop) {
	}

}
