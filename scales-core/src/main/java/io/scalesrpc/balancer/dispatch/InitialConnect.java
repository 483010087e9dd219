package io.scalesrpc.balancer.dispatch;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;

import io.scalesrpc.balancer.node.Node;
import io.scalesrpc.balancer.node.TimeAndChance;
import io.scalesrpc.call.Call;
import io.scalesrpc.call.SinkState;
import io.scalesrpc.call.waiting.WaitingCalls;
import io.scalesrpc.time.Timer;
import org.jspecify.annotations.Nullable;

/**
 * The beginning of a balancer. Until the first list is known, and then until a few
 * members were opened, calls wait: a member that is down must not cost those calls that
 * come first, and the first that is open must not get all of them. Who takes longer is
 * waited for only a moment. Then the calls go out in rounds, a dozen at first and each
 * round twice the one before: a member that fails is to be known by it before it gets its
 * share. <em>Thread-safe</em>: its state is only touched by the balancer's serial writer.
 */
final class InitialConnect {

	/** How many calls may wait. */
	static final int MAX_WAITING = 1024;

	/** How long calls wait for others when one member is open, and for an answer. */
	static final Duration MOMENT = Duration.ofMillis(50);

	/** How many members are opened when nobody asks for all. */
	private static final int FEW = 12;

	private final Executor writer;

	private final Timer timer;

	private final Consumer<Call> sender;

	private final WaitingCalls waiting;

	private final MemberOpener opener;

	private boolean all;

	/** How many calls went out in the last round. */
	private int round;

	/** How many of them have not ended. */
	private int unanswered;

	private volatile Stage stage = Stage.NOT_ASKED;

	/**
	 * Creates the beginning of a balancer.
	 * @param writer the balancer's serial writer
	 * @param source of time and chance
	 * @param sender sends the calls that have waited
	 * @param reason why a call whose time is over has waited in vain; asked on any thread
	 */
	InitialConnect(Executor writer, TimeAndChance source, Consumer<Call> sender, Supplier<String> reason) {
		this.writer = writer;
		this.timer = source.timer();
		this.sender = sender;
		this.waiting = new WaitingCalls(writer, "members", MAX_WAITING, reason);
		this.opener = new MemberOpener(writer, source.random(), this::opened);
	}

	boolean isOver() {
		return this.stage == Stage.OVER;
	}

	/** Whether somebody wants members to be connected. */
	boolean hasBegun() {
		return this.stage != Stage.NOT_ASKED;
	}

	/**
	 * Lets a call wait, or sends it if there is nothing to wait for; on any thread.
	 * @param call the call
	 * @param first what the writer does before
	 */
	void enter(Call call, Runnable first) {
		this.waiting.enter(call, (entered) -> {
			first.run();
			await(entered);
		});
	}

	private void await(Call call) {
		if (isOver()) {
			this.sender.accept(call);
		}
		else {
			this.waiting.add(call);
		}
	}

	/**
	 * Opens members, those that were not opened yet.
	 * @param active whom calls may go to; {@code null} if that is not known yet
	 * @param all whether all of them are to be opened or a few
	 */
	void begin(@Nullable List<Node> active, boolean all) {
		this.stage = hasBegun() ? this.stage : Stage.OPENING;
		this.all |= all;
		if (active == null || this.stage == Stage.LETTING_GO || isOver() && !this.all) {
			return;
		}
		this.opener.open(active, this.all ? active.size() : FEW);
		// for the only one there is nobody to wait for but itself
		if (isOver()) {
			return;
		}
		if (active.size() == 1) {
			end();
		}
		else if (!this.opener.isBusy()) {
			letGo(FEW);
		}
		else if (active.stream().anyMatch((node) -> node.state() == SinkState.OPEN)) {
			endSoon();
		}
	}

	/** Lets all calls go that wait, and then those that are on their way here. */
	void end() {
		if (!isOver()) {
			this.waiting.end(this.sender);
			this.writer.execute(this::over);
		}
	}

	/** Later than the last call went, so that none is overtaken. */
	private void over() {
		this.waiting.end(this.sender);
		this.stage = Stage.OVER;
	}

	private void letGo(int most) {
		if (isOver() || most <= this.round) {
			return;
		}
		this.stage = Stage.LETTING_GO;
		this.round = most;
		List<Call> calls = this.waiting.take(most);
		calls.forEach(this.sender);
		if (this.waiting.isEmpty()) {
			end();
			return;
		}
		this.unanswered = calls.size();
		calls.forEach((call) -> call.onOutcome((ended, outcome) -> this.writer.execute(() -> answered(most))));
		later(MOMENT, () -> letGo(2 * most));
	}

	/** Who fails at once has done so before most of the others have answered. */
	private void answered(int most) {
		if (most == this.round && --this.unanswered <= most / 4) {
			letGo(2 * most);
		}
	}

	private void later(Duration delay, Runnable task) {
		try {
			this.timer.schedule(() -> this.writer.execute(task), delay.toNanos(), TimeUnit.NANOSECONDS);
		}
		catch (IllegalStateException ex) {
			// Without a timer nobody would end it.
			end();
		}
	}

	private void opened(Node node) {
		if (this.stage == Stage.LETTING_GO) {
			return;
		}
		if (!this.opener.isBusy()) {
			letGo(FEW);
		}
		else if (node.state() == SinkState.OPEN) {
			endSoon();
		}
	}

	private void endSoon() {
		if (this.stage != Stage.OPENING) {
			return;
		}
		this.stage = Stage.ONE_OPEN;
		later(MOMENT, () -> {
			if (this.stage == Stage.ONE_OPEN) {
				letGo(FEW);
			}
		});
	}

	/** How far it is. */
	private enum Stage {

		NOT_ASKED, OPENING, ONE_OPEN, LETTING_GO, OVER

	}

}
