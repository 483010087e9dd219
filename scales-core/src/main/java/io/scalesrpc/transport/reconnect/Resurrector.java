package io.scalesrpc.transport.reconnect;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

import io.scalesrpc.Internal;
import io.scalesrpc.call.Call;
import io.scalesrpc.call.Failure;
import io.scalesrpc.call.FailureKind;
import io.scalesrpc.call.Sink;
import io.scalesrpc.call.SinkState;
import io.scalesrpc.call.waiting.WaitingCalls;
import io.scalesrpc.discovery.Member;
import io.scalesrpc.time.Backoff;
import io.scalesrpc.time.ExponentialBackoff;
import io.scalesrpc.time.SerialExecutor;
import io.scalesrpc.time.SpreadFirstWait;
import io.scalesrpc.transport.Connection;
import io.scalesrpc.transport.ConnectionFactory;
import org.jspecify.annotations.Nullable;

/**
 * Keeps one connection to a member: opens it for the first call, and replaces it when it
 * ends, in the background. A connection that did its part is replaced at once, and calls
 * wait for the next; {@link ReconnectBackoff} says when the member is down instead: then
 * it is tried again with back-off, or sooner if somebody asks for it, and calls fail at
 * once, so that they can go elsewhere. At most one opening is in flight. The word is that
 * of Scales, whose resurrector it follows.
 *
 * <pre>
 * IDLE --call--&gt; OPENING --opened--&gt; OPEN --drained, or ended--&gt; REPLACING --opened--&gt; OPEN
 *                   |                  |                              |
 *                 failed    ended again and again, no answer        failed
 *                   v                  v                              v
 *                 DOWN &lt;---------------------------------------------
 *                 DOWN --wait is over--&gt; RECONNECTING --opened--&gt; OPEN, --failed--&gt; DOWN
 * any --close--&gt; CLOSED
 * </pre>
 *
 * While OPENING and REPLACING calls wait, in a bounded queue, and nobody overtakes them;
 * one whose time is over meanwhile was not sent, and says so. A first opening looks idle
 * so that a balancer sends calls to wait for it, a replacement looks busy so that it
 * prefers others. A connection that drains is replaced by the next call and lives until
 * its own calls have ended.
 * <p>
 * <em>Thread-safe</em>: transitions are serial; a call on an open connection costs two
 * volatile reads, one that fails at once one.
 */
@Internal
public final class Resurrector implements Sink {

	/** How many calls may wait for the connection. */
	static final int MAX_WAITING = 1024;

	/** A bound for connections that drain and do not end by themselves. */
	static final Duration RETIREMENT = Duration.ofMinutes(10);

	private static final String NO_ANSWER = "its connections end before they have answered anything";

	private final Member member;

	private final SerialExecutor serial;

	private final ConnectionOpening connectionOpening;

	private final WaitingCalls waiting;

	private final ReconnectBackoff reconnectBackoff;

	/** Connections that have been replaced and not ended yet. */
	private final Set<Connection> retired = new HashSet<>();

	private volatile ResurrectorSnapshot situation = new ResurrectorSnapshot(ResurrectorState.IDLE, null, null);

	/**
	 * Creates a resurrector that has not opened anything.
	 * @param member whom to connect to
	 * @param factory opens connections
	 * @param terms when it tries again
	 */
	public Resurrector(Member member, ConnectionFactory factory, ReconnectTerms terms) {
		this.member = member;
		this.serial = new SerialExecutor(terms.loops());
		this.connectionOpening = new ConnectionOpening(member, factory, this.serial);
		this.waiting = new WaitingCalls(this.serial, "the connection", MAX_WAITING, this::unconnected);
		this.reconnectBackoff = new ReconnectBackoff(member, terms);
	}

	/**
	 * The back-off for connections: that of gRPC, 100 ms growing by 1.6 to 60 s, spread
	 * by a fifth. But the first wait is 0 to 200 ms: clients of one server lose it at the
	 * same moment, and with a fifth of 100 ms they would all be back within 40 ms.
	 * @param random the source of chance
	 * @return the back-off
	 */
	public static Backoff backoff(RandomGenerator random) {
		return new SpreadFirstWait(
				new ExponentialBackoff(Duration.ofMillis(100), 1.6, Duration.ofSeconds(60), 0.2, random), random);
	}

	@Override
	public void dispatch(Call call) {
		ResurrectorSnapshot now = this.situation;
		if (now.connection() != null && this.waiting.size() == 0 && takesCalls(now.connection())) {
			now.connection().dispatch(call);
		}
		else if (now.refusal() != null) {
			call.end(now.refusal());
		}
		else {
			this.waiting.enter(call, this::dispatchSlowly);
		}
	}

	/** Why a call had to be given up; on any thread. */
	private String unconnected() {
		String problem = problem();
		return "no connection to " + this.member + " in time" + (problem.isEmpty() ? "" : ": " + problem);
	}

	@Override
	public SinkState state() {
		ResurrectorSnapshot now = this.situation;
		if (now.connection() == null) {
			return now.state().seen();
		}
		SinkState its = now.connection().state();
		// It is about to say so, and to be replaced.
		return (its == SinkState.CLOSED) ? SinkState.BUSY : its;
	}

	/**
	 * Opens the connection, if there is none that takes calls. Of a member that is down
	 * the next attempt is brought forward, as far as the pause between two attempts
	 * allows. It is over when that attempt is, whichever way.
	 */
	@Override
	public void open(Runnable over) {
		this.serial.execute(() -> openSlowly(over));
	}

	private void openSlowly(Runnable over) {
		ResurrectorSnapshot now = this.situation;
		Connection connection = now.connection();
		if (connection != null && connection.isDraining()) {
			this.waiting.add(over);
			retire(connection);
		}
		else if (connection != null && connection.state() != SinkState.CLOSED) {
			connection.open(over);
		}
		else if (now.state() == ResurrectorState.CLOSED) {
			over.run();
		}
		else {
			this.waiting.add(over);
			if (connection != null) {
				connection.close(Duration.ZERO);
			}
			hasten(now.state());
		}
	}

	/** A connection that is closed will say so, and is replaced then. */
	private void hasten(ResurrectorState state) {
		if (state == ResurrectorState.IDLE) {
			open(ResurrectorState.OPENING);
		}
		else if (state == ResurrectorState.DOWN) {
			this.reconnectBackoff.hurry(() -> this.serial.execute(this::reconnect));
		}
	}

	@Override
	public String problem() {
		return this.situation.problem();
	}

	@Override
	public long problemNanos() {
		return this.reconnectBackoff.nanos();
	}

	@Override
	public int connections() {
		Connection connection = this.situation.connection();
		return (connection != null) ? connection.connections() : 0;
	}

	/**
	 * Ends the calls that wait, closes every connection, and the one that is being opened
	 * as soon as it is there.
	 */
	@Override
	public CompletionStage<Void> close(Duration grace) {
		CompletableFuture<Void> done = new CompletableFuture<>();
		this.serial.execute(() -> closeAll(grace).whenComplete((nothing, ex) -> done.complete(null)));
		return done;
	}

	private void dispatchSlowly(Call call) {
		switch (this.situation.state()) {
			case IDLE -> {
				this.waiting.add(call);
				open(ResurrectorState.OPENING);
			}
			case OPENING, REPLACING -> this.waiting.add(call);
			case OPEN -> dispatchOrReplace(call);
			case DOWN, RECONNECTING, CLOSED -> dispatch(call);
		}
	}

	/**
	 * One that is busy is asked on the caller's thread too: what a full pool refuses is
	 * no work for whoever else calls.
	 */
	private static boolean takesCalls(Connection connection) {
		SinkState state = connection.state();
		return state.isAvailable() || state != SinkState.CLOSED && !connection.isDraining();
	}

	/** A connection that is closed will say so: then the call is sent or ended. */
	private void dispatchOrReplace(Call call) {
		Connection connection = this.situation.connection();
		if (connection != null && takesCalls(connection)) {
			connection.dispatch(call);
			return;
		}
		this.waiting.add(call);
		if (connection != null && connection.isDraining()) {
			retire(connection);
		}
		else if (connection != null) {
			// It is to say so soon, whatever it waits for.
			connection.close(Duration.ZERO);
		}
	}

	/** Replaces a connection that drains, and lets it finish what it has. */
	private void retire(Connection connection) {
		this.retired.add(connection);
		replace(connection, null);
		connection.close(RETIREMENT);
	}

	private void open(ResurrectorState next) {
		become(next, null, (next == ResurrectorState.RECONNECTING) ? this.situation.refusal() : null);
		this.reconnectBackoff.attempt();
		this.connectionOpening.begin(this::opened, this::failed);
	}

	private void opened(Connection connection) {
		connection.onUnsent(this::dispatch);
		if (takesCalls(connection)) {
			// Before anybody else can: who comes meanwhile waits behind them.
			this.waiting.take(MAX_WAITING).forEach(connection::dispatch);
		}
		become(ResurrectorState.OPEN, connection, null);
		this.reconnectBackoff.end(() -> this.serial.execute(() -> settled(connection)));
		connection.onClosed((reason) -> this.serial.execute(() -> gone(connection, reason)));
		this.waiting.end(connection::dispatch);
	}

	private void failed(Failure failure) {
		if (this.situation.state() != ResurrectorState.CLOSED) {
			goDown(failure);
		}
	}

	private void settled(Connection connection) {
		if (this.situation.connection() == connection) {
			this.reconnectBackoff.settle();
		}
	}

	private void gone(Connection connection, @Nullable Failure reason) {
		this.retired.remove(connection);
		if (this.situation.connection() != connection) {
			return;
		}
		replace(connection, reason);
	}

	private void replace(Connection connection, @Nullable Failure fault) {
		if (this.reconnectBackoff.replaces(connection.hasServed(), fault != null)) {
			open(ResurrectorState.REPLACING);
		}
		else {
			goDown((fault != null) ? fault : Failure.of(FailureKind.NOT_SENT, NO_ANSWER));
		}
	}

	private void goDown(Failure reason) {
		Failure refusal = this.reconnectBackoff.begin(reason, () -> this.serial.execute(this::reconnect));
		become(ResurrectorState.DOWN, null, refusal);
		this.waiting.end((call) -> call.end(refusal));
	}

	private void reconnect() {
		if (this.situation.state() == ResurrectorState.DOWN
				&& this.reconnectBackoff.isTurn(() -> this.serial.execute(this::reconnect))) {
			open(ResurrectorState.RECONNECTING);
		}
	}

	private CompletableFuture<Void> closeAll(Duration grace) {
		ResurrectorSnapshot last = this.situation;
		Failure refusal = Failure.of(FailureKind.NOT_SENT, this.member + ": closed");
		if (last.state() != ResurrectorState.CLOSED) {
			become(ResurrectorState.CLOSED, null, refusal);
			this.reconnectBackoff.cancel();
		}
		if (last.connection() != null) {
			this.retired.add(last.connection());
		}
		this.waiting.end((call) -> call.end(refusal));
		Stream<CompletableFuture<?>> closings = Set.copyOf(this.retired)
			.stream()
			.map((connection) -> connection.close(grace).toCompletableFuture());
		return CompletableFuture.allOf(Stream.concat(closings, Stream.of(this.connectionOpening.close()))
			.toArray(CompletableFuture<?>[]::new));
	}

	private void become(ResurrectorState next, @Nullable Connection connection, @Nullable Failure refusal) {
		if (!this.situation.state().mayBecome(next)) {
			throw new IllegalStateException(
					this.member + ": " + next + " (expected: what may follow " + this.situation.state() + ")");
		}
		this.situation = new ResurrectorSnapshot(next, connection, refusal);
	}

}
