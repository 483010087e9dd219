package io.scalesrpc.redis.protocol;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

import io.scalesrpc.call.Call;
import io.scalesrpc.call.Failure;
import io.scalesrpc.call.FailureKind;
import io.scalesrpc.call.SinkState;
import io.scalesrpc.discovery.Member;
import io.scalesrpc.discovery.ServerSet;
import io.scalesrpc.metrics.Event;
import io.scalesrpc.protocol.Balancers;
import io.scalesrpc.protocol.Destination;
import io.scalesrpc.call.waiting.WaitingCalls;
import io.scalesrpc.protocol.MemberStatus;
import io.scalesrpc.protocol.ProtocolEnvironment;
import io.scalesrpc.redis.command.RedisMethod;
import io.scalesrpc.redis.protocol.Standing.Role;
import io.scalesrpc.time.SerialExecutor;
import io.scalesrpc.transport.ConnectionFactory;
import io.scalesrpc.transport.channel.CountingConnectionFactory;
import org.jspecify.annotations.Nullable;

/**
 * The servers of one replication group. A single one gets every call, whatever it is. Of
 * several the primary gets the writes, and what reads goes to the servers that are set
 * for it, by a balancer. Who is the primary is asked when there is a reason to: at the
 * first call, when the members change, when the primary is lost or says that it is a
 * replica; never while nobody calls. Calls that need the answer wait for it.
 * <p>
 * <em>Thread-safe</em>: what changes is changed by serial tasks; a call to a server that
 * is known costs one volatile read.
 */
final class RedisDestination implements Destination {

	private static final long LOOK_MILLIS = 10;

	private static final int MAX_WAITING = 1024;

	private static final Failure CLOSED = Failure.of(FailureKind.NOT_SENT, "closed");

	private final ProtocolEnvironment environment;

	private final Readers readers;

	private final Destination balanced;

	private final PrimaryFinder finder;

	private final Primaries primaries;

	private final SerialExecutor serial;

	/** Until it is known who the primary is. */
	private final WaitingCalls waiting;

	private volatile Group group = Group.EMPTY;

	private volatile boolean eager;

	private volatile boolean closed;

	/**
	 * Creates a destination.
	 * @param environment the client's settings and shared resources
	 * @param readers those of the members that are read from
	 * @param connections opens connections to any of them
	 * @param balancers balances over the readers
	 */
	RedisDestination(ProtocolEnvironment environment, Readers readers, ConnectionFactory connections,
			Balancers balancers) {
		ConnectionFactory counting = new CountingConnectionFactory(connections, environment.metrics(),
				environment.ticker());
		this.environment = environment;
		this.serial = new SerialExecutor(environment.connector().eventLoops());
		this.waiting = new WaitingCalls(this.serial, "the primary", MAX_WAITING, () -> this.group.refusal().reason());
		this.readers = readers;
		this.balanced = balancers.over(readers, connections);
		this.finder = new PrimaryFinder(new RoleProbe(counting, environment), this.serial, environment);
		this.primaries = new Primaries(counting, environment);
	}

	@Override
	public void start() {
		this.balanced.start();
		this.readers.follow((list) -> this.serial.execute(() -> changed(list)));
	}

	@Override
	public void open(Runnable over) {
		this.eager = true;
		this.balanced.open(over);
		this.serial.execute(this::openIfEager);
	}

	@Override
	public void dispatch(Call call) {
		if (!call.isEnded() && !route(call, this.group)) {
			this.serial.execute(() -> dispatchSlowly(call));
		}
	}

	/** Sends a call, if it is known where to. */
	private boolean route(Call call, Group now) {
		if (!now.hasRoles() || (this.readers.areOthers() && now.mayRead() && reads(call))) {
			this.balanced.dispatch(call);
			return true;
		}
		Primary primary = now.usable();
		if (primary != null) {
			send(primary, call);
		}
		return primary != null;
	}

	private static boolean reads(Call call) {
		return ((RedisMethod) call.method()).mayReadFromReplica(call.arguments());
	}

	private void send(Primary primary, Call call) {
		this.environment.metrics().count(Event.ATTEMPT);
		primary.send(call);
	}

	private void dispatchSlowly(Call call) {
		if (this.closed) {
			call.end(CLOSED);
		}
		else if (!call.isEnded() && !route(call, this.group) && !refuse(call)) {
			this.waiting.add(call);
			find();
		}
	}

	/** There is nothing to wait for where servers belong together in no way. */
	private boolean refuse(Call call) {
		Group now = this.group;
		boolean wrong = now.standings() != null && now.standings().contradiction() != null;
		if (wrong && this.finder.isPausing()) {
			call.end(now.refusal());
		}
		return call.isEnded();
	}

	private void changed(List<Member> list) {
		Group before = this.group;
		if (this.closed || list.equals(before.members())) {
			return;
		}
		this.finder.endPause();
		if (list.size() > 1) {
			// Those there were go on until it is known what all of them are.
			boolean stays = before.hasRoles() && before.primary() != null && list.contains(before.primary().member());
			this.group = new Group(list, stays ? before.standings() : null, stays ? before.primary() : null);
			this.primaries.retire(stays ? null : before.primary());
			if (this.finder.hasBegun() || this.eager) {
				find();
			}
		}
		else {
			this.group = new Group(list, null, null);
			this.primaries.retire(before.primary());
			this.readers.are(list);
			this.waiting.end(this.balanced::dispatch);
		}
	}

	private void find() {
		this.finder.find(() -> this.group.members(), this::found);
	}

	private void found(Standings standings) {
		Group before = this.group;
		if (this.closed || !before.hasRoles()) {
			return;
		}
		if (!standings.areOf(before.members())) {
			this.finder.endPause();
			find();
			return;
		}
		Member member = standings.primary();
		if (member == null) {
			this.primaries.retire(before.primary());
		}
		Primary primary = (member != null) ? this.primaries.successor(before.primary(), member, this::demoted) : null;
		this.group = new Group(before.members(), standings, primary);
		this.readers.are(standings);
		this.waiting.end((call) -> {
			if (!call.isEnded() && !route(call, this.group) && !refuse(call)) {
				this.waiting.add(call);
			}
		});
		if (!this.waiting.isEmpty()) {
			find();
		}
		openIfEager();
	}

	/** What eager clients do without a call. */
	private void openIfEager() {
		Primary primary = this.group.primary();
		if (this.closed || !this.eager || !this.group.hasRoles()) {
			return;
		}
		if (primary != null) {
			primary.sink().open(() -> {
			});
		}
		else if (!this.finder.hasBegun()) {
			find();
		}
	}

	/** A primary says that it is a replica: there was a failover, in good order. */
	private void demoted(Primary primary) {
		this.serial.execute(() -> {
			if (this.group.primary() == primary && !this.finder.isPausing() && !this.closed) {
				this.group = this.group.withoutPrimary();
				this.primaries.retire(primary);
				find();
			}
		});
	}

	@Override
	public SinkState state() {
		Group now = this.group;
		if (this.closed || !now.hasRoles()) {
			return this.closed ? SinkState.CLOSED : this.balanced.state();
		}
		Primary primary = now.primary();
		SinkState writes = (primary != null) ? primary.sink().state()
				: (now.standings() != null) ? SinkState.CLOSED : SinkState.IDLE;
		boolean others = this.readers.areOthers() && now.mayRead();
		return (others && this.balanced.state().compareTo(writes) < 0) ? this.balanced.state() : writes;
	}

	@Override
	public String problem() {
		Group now = this.group;
		Primary primary = now.primary();
		if (!now.hasRoles()) {
			return this.balanced.problem();
		}
		return (primary != null) ? primary.sink().problem()
				: (now.standings() != null) ? now.standings().problem() : "";
	}

	/** One for each server, that of the primary for its writes. */
	@Override
	public List<MemberStatus> members() {
		Group now = this.group;
		Map<Member, MemberStatus> all = new LinkedHashMap<>();
		if (now.hasRoles()) {
			now.members().forEach((member) -> all.put(member, new MemberStatus(member, SinkState.IDLE, 0, false, "")));
		}
		this.balanced.members().forEach((status) -> all.put(status.member(), status));
		if (now.primary() != null) {
			all.put(now.primary().member(), now.primary().status());
		}
		return List.copyOf(all.values());
	}

	@Override
	public int pending() {
		Primary primary = this.group.primary();
		return this.balanced.pending() + this.waiting.size() + ((primary != null) ? primary.inFlight() : 0);
	}

	@Override
	public CompletionStage<Boolean> ready(int enough, Duration limit) {
		open(() -> {
		});
		CompletableFuture<Boolean> ready = new CompletableFuture<>();
		look(enough, this.environment.ticker().nanos() + limit.toNanos(), ready);
		return ready;
	}

	private void look(int enough, long end, CompletableFuture<Boolean> ready) {
		boolean are = members().stream().filter((status) -> status.state() == SinkState.OPEN).count() >= enough;
		if (are || end - this.environment.ticker().nanos() <= 0) {
			ready.complete(are);
			return;
		}
		try {
			this.environment.timer().schedule(() -> look(enough, end, ready), LOOK_MILLIS, TimeUnit.MILLISECONDS);
		}
		catch (IllegalStateException ex) {
			// the client was closed
			ready.complete(false);
		}
	}

	/** Writes have one place to go to, which no balancer chooses. */
	@Override
	public String insteadOf(String address) {
		Standings standings = this.group.standings();
		if (standings == null) {
			return this.group.hasRoles() ? "a replica; which member is the primary is not known yet" : "";
		}
		Member primary = standings.primary();
		return (primary != null && primary.address().equals(address))
				? "a replica that is read from; this is the primary, and writes cannot go elsewhere" : "";
	}

	@Override
	public Map<String, Object> details() {
		Map<String, Object> details = new LinkedHashMap<>();
		Standings standings = this.group.standings();
		if (this.group.hasRoles() && standings != null) {
			details.put("primary", Standings.names(standings.with(Role.PRIMARY)));
			details.put("replicas", Standings.names(standings.with(Role.REPLICA)));
		}
		return details;
	}

	@Override
	public CompletionStage<Void> close(Duration grace) {
		CompletableFuture<Void> done = new CompletableFuture<>();
		this.closed = true;
		this.serial.execute(() -> {
			this.waiting.end((call) -> call.end(CLOSED));
			this.primaries.retire(this.group.primary());
			CompletableFuture
				.allOf(this.primaries.closeAll(grace).toCompletableFuture(),
						this.balanced.close(grace).toCompletableFuture())
				.whenComplete((nothing, ex) -> done.complete(null));
		});
		return done;
	}

}
