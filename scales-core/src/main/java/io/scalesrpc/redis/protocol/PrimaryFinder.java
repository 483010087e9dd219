package io.scalesrpc.redis.protocol;

import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;

import io.scalesrpc.discovery.Member;
import io.scalesrpc.protocol.ProtocolEnvironment;
import io.scalesrpc.transport.reconnect.Resurrector;

/**
 * Asks servers what they are, one round at a time and not too often: a round that is
 * wanted during the pause after the last one begins when that is over. Pauses grow, to
 * half a second, while no primary is found. <em>Confined to the serial executor of its
 * destination</em>.
 */
final class PrimaryFinder {

	/** Servers that say READONLY again and again are not asked again and again. */
	private static final long SHORTEST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

	private static final long LONGEST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

	private final RoleProbe probe;

	private final Executor serial;

	private final ProtocolEnvironment environment;

	/** Waiting for its time, or under way. */
	private boolean busy;

	private boolean begun;

	private int failures;

	private long pauseEndNanos;

	PrimaryFinder(RoleProbe probe, Executor serial, ProtocolEnvironment environment) {
		this.probe = probe;
		this.serial = serial;
		this.environment = environment;
	}

	/** Whether anybody was asked ever. */
	boolean hasBegun() {
		return this.begun;
	}

	/** Whether the last round is so fresh that another one would tell nothing new. */
	boolean isPausing() {
		return pauseNanos() > 0;
	}

	/** Other members are another matter. */
	void endPause() {
		this.pauseEndNanos = this.environment.ticker().nanos();
	}

	/**
	 * Begins a round, now or when the pause is over, unless there is one.
	 * @param members whom to ask, asked for when it begins
	 * @param found told once, on the serial executor
	 */
	void find(Supplier<List<Member>> members, Consumer<Standings> found) {
		if (this.busy) {
			return;
		}
		this.busy = true;
		if (!isPausing()) {
			ask(members.get(), found);
			return;
		}
		try {
			this.environment.timer()
				.schedule(() -> this.serial.execute(() -> ask(members.get(), found)), pauseNanos(),
						TimeUnit.NANOSECONDS);
		}
		catch (IllegalStateException ex) {
			// The timer is closed, and with it the client.
			this.busy = false;
		}
	}

	private void ask(List<Member> members, Consumer<Standings> found) {
		if (members.isEmpty()) {
			this.busy = false;
			return;
		}
		this.begun = true;
		this.probe.ask(members, this.serial, (standings) -> {
			this.busy = false;
			this.failures = (standings.primary() != null) ? 0 : this.failures + 1;
			this.pauseEndNanos = this.environment.ticker().nanos() + nextPauseNanos();
			found.accept(standings);
		});
	}

	private long nextPauseNanos() {
		long growing = (this.failures > 0) ? Resurrector.backoff(this.environment.random()).nanosAfter(this.failures)
				: 0;
		return Math.min(LONGEST_PAUSE_NANOS, Math.max(SHORTEST_PAUSE_NANOS, growing));
	}

	private long pauseNanos() {
		return this.begun ? this.pauseEndNanos - this.environment.ticker().nanos() : 0;
	}

}
