package io.scalesrpc.server;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

import io.netty.buffer.ByteBuf;
import io.scalesrpc.server.limit.Cancellation;
import org.jspecify.annotations.Nullable;

/**
 * One request on its way through a handler's thread.
 * <p>
 * WAITING -> RUNNING -> ENDED; WAITING -> CANCELLED; RUNNING -> INTERRUPTING ->
 * CANCELLED. A thread is interrupted in INTERRUPTING only, and it does not leave the call
 * before that is over and the interrupt is cleared: no interrupt reaches the next call. A
 * call is cancelled when its client discards it or is gone, or its deadline passes.
 * <em>Thread-safe</em>.
 */
final class RunningCall implements Runnable {

	private final AtomicReference<Phase> phase = new AtomicReference<>(Phase.WAITING);

	private final Cancellation cancellation = new Cancellation();

	private final CallEngine engine;

	private final CallTask task;

	private volatile @Nullable Thread thread;

	/**
	 * Creates an admitted call.
	 * @param engine what it runs on
	 * @param task what it does; the call lets go of its body
	 */
	RunningCall(CallEngine engine, CallTask task) {
		this.engine = engine;
		this.task = task;
	}

	int tag() {
		return this.task.tag();
	}

	/** How many calls its connection has. */
	AtomicInteger ofConnection() {
		return this.task.session().calls();
	}

	@Override
	public void run() {
		this.thread = Thread.currentThread();
		if (this.engine.deadlines().hasPassedHere(this.task.head().deadline())) {
			// The event loop is behind; it has the same in mind.
			cancel();
		}
		if (!this.phase.compareAndSet(Phase.WAITING, Phase.RUNNING)) {
			this.engine.ended(ofConnection());
			return;
		}
		ByteBuf reply = null;
		try {
			reply = this.task.answer(this.engine, this.cancellation);
		}
		finally {
			boolean answered = leave();
			this.engine.ended(ofConnection());
			deliver(answered, reply);
		}
	}

	private void deliver(boolean answered, @Nullable ByteBuf reply) {
		if (answered && reply != null) {
			this.task.session().answered(this, reply);
		}
		else if (reply != null) {
			this.task.session().unread().drop(reply);
		}
	}

	/** Whether the call was not cancelled. */
	private boolean leave() {
		if (this.phase.compareAndSet(Phase.RUNNING, Phase.ENDED)) {
			return true;
		}
		while (this.phase.get() == Phase.INTERRUPTING) {
			Thread.yield();
		}
		// The interrupt was meant for this call; the next one on this thread must not get
		// it.
		Thread.interrupted();
		return false;
	}

	/** The answer that stands in for that of the handler; a complete frame. */
	ByteBuf expired(boolean begun) {
		return this.task.expired(this.engine, begun);
	}

	/**
	 * Interrupts the handler if it is running, and has it never answer.
	 * @return whether it had begun
	 */
	boolean cancel() {
		if (this.phase.compareAndSet(Phase.WAITING, Phase.CANCELLED)) {
			this.task.releaseBody(this.engine);
			this.cancellation.cancel();
			return false;
		}
		if (this.phase.compareAndSet(Phase.RUNNING, Phase.INTERRUPTING)) {
			// Before the interrupt, so that an interrupted handler finds its call
			// cancelled.
			this.cancellation.cancel();
			Thread running = this.thread;
			if (running != null) {
				running.interrupt();
			}
			this.phase.set(Phase.CANCELLED);
		}
		return true;
	}

	/** Where a call is. */
	private enum Phase {

		WAITING, RUNNING, ENDED, INTERRUPTING, CANCELLED

	}

}
