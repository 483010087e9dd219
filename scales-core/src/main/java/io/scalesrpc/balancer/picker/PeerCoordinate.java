package io.scalesrpc.balancer.picker;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import io.scalesrpc.balancer.Coordinate;
import io.scalesrpc.discovery.Member;
import io.scalesrpc.discovery.ServerSet;
import io.scalesrpc.time.Timer;
import io.scalesrpc.time.Timer.Timeout;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The coordinate of this process by the set of its peers: its place in the order of their
 * addresses, and how many they are. What changes is told a few seconds later, so that a
 * fleet that starts or is restarted does not move every client with every process. While
 * this process is missing from the set, nothing changes. <em>Confined to the balancer's
 * serial writer</em>, but for {@link #open()}.
 */
public final class PeerCoordinate {

	/** How long a change waits for others. */
	static final Duration SETTLING = Duration.ofSeconds(5);

	private static final Logger logger = LoggerFactory.getLogger(PeerCoordinate.class);

	private final ServerSet peers;

	private final Member self;

	private final Timer timer;

	private final Executor writer;

	private final Consumer<Coordinate> mover;

	/** The last that was known, told or not. */
	private @Nullable Coordinate newest;

	/** Null unless a change waits. */
	private @Nullable Timeout settling;

	private Presence presence = Presence.UNKNOWN;

	/**
	 * Creates it; nobody is told before it is opened.
	 * @param peers the processes; closed with this
	 * @param self this process
	 * @param timer lets changes settle
	 * @param writer the balancer's serial writer
	 * @param mover told every new coordinate, by the writer
	 */
	public PeerCoordinate(ServerSet peers, Member self, Timer timer, Executor writer, Consumer<Coordinate> mover) {
		this.peers = peers;
		this.self = self;
		this.timer = timer;
		this.writer = writer;
		this.mover = mover;
	}

	public void open() {
		this.peers.watch((list) -> this.writer.execute(() -> follow(list)));
	}

	public void close() {
		this.presence = Presence.CLOSED;
		this.peers.close();
		if (this.settling != null) {
			this.settling.cancel();
			this.settling = null;
		}
	}

	private void follow(List<Member> list) {
		if (this.presence == Presence.CLOSED) {
			return;
		}
		List<String> addresses = list.stream().map(PeerCoordinate::address).distinct().sorted().toList();
		int index = Collections.binarySearch(addresses, address(this.self));
		show((index >= 0) ? Presence.REGISTERED : Presence.MISSING);
		if (index < 0) {
			return;
		}
		Coordinate told = new Coordinate(index, addresses.size());
		if (!told.equals(this.newest)) {
			this.newest = told;
			settleLater(told);
		}
	}

	/** The first of several changes decides when all of them are told. */
	private void settleLater(Coordinate told) {
		if (this.settling != null) {
			return;
		}
		try {
			this.settling = this.timer.schedule(() -> this.writer.execute(this::settle), SETTLING.toNanos(),
					TimeUnit.NANOSECONDS);
		}
		catch (IllegalStateException ex) {
			logger.debug("{}: {} not taken over: the client is being closed", this.peers, told);
		}
	}

	private void settle() {
		Coordinate settled = this.newest;
		if (this.settling != null && settled != null) {
			this.settling = null;
			logger.debug("{}: {} is {} of {}", this.peers, this.self, settled.instance(), settled.total());
			this.mover.accept(settled);
		}
	}

	/** Once for each change: who forgot to register must be able to find out. */
	private void show(Presence now) {
		if (now == Presence.MISSING && this.presence != now) {
			logger.info("{}: {} is not among its peers, keeping the coordinate it has", this.peers, this.self);
		}
		else if (this.presence == Presence.MISSING && now == Presence.REGISTERED) {
			logger.info("{}: {} is among its peers", this.peers, this.self);
		}
		this.presence = now;
	}

	private static String address(Member member) {
		return member.address().toLowerCase(Locale.ROOT);
	}

	/** Whether this process is in the set. */
	private enum Presence {

		UNKNOWN, MISSING, REGISTERED, CLOSED

	}

}
