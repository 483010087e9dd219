package io.scalesrpc.simulation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import io.scalesrpc.call.Call;
import io.scalesrpc.call.Failure;
import io.scalesrpc.call.FailureKind;
import io.scalesrpc.call.Outcome;
import io.scalesrpc.call.Sink;
import io.scalesrpc.call.SinkState;
import io.scalesrpc.discovery.Member;

/**
 * Prequal (NSDI'24) as far as it can be simulated: three probes a call to random servers,
 * or else what replies carry, feed a {@link ProbePool}. One that fails is left alone for
 * a while, or it would look idle. <em>Confined to the thread that runs the world.</em>
 */
final class Prequal implements Sink {

	private static final int PROBES = 3;

	/** With nothing but replies somebody has to find out about the others. */
	private static final double EXPLORED = 0.05;

	private static final long LEFT_ALONE = Duration.ofSeconds(5).toNanos();

	private final Site site;

	private final Source source;

	private final ProbePool pool = new ProbePool();

	private final Map<Link, Long> failedAt = new LinkedHashMap<>();

	private Map<Member, Link> links = new LinkedHashMap<>();

	private List<Link> order = List.of();

	Prequal(Site site, Source source) {
		this.site = site;
		this.source = source;
		site.set().watch(this::follow);
	}

	@Override
	public void dispatch(Call call) {
		if (this.order.isEmpty()) {
			call.end(Failure.of(FailureKind.NOT_SENT, "no members"));
			return;
		}
		Link link = choose();
		call.onOutcome((ended, outcome) -> learn(link, outcome));
		link.dispatch(call);
		if (this.source == Source.PROBES) {
			this.pool.trim();
			for (int i = 0; i < PROBES; i++) {
				Link probed = random();
				probed.probe((report) -> this.pool.add(probed, report, now()));
			}
		}
	}

	private Link choose() {
		boolean explore = this.source == Source.REPLIES && this.site.random().nextDouble() < EXPLORED;
		Link best = explore ? null : this.pool.take(this::isUsable, uses(), now());
		return (best != null) ? best : usable();
	}

	/**
	 * How often a report is used: so that probes keep up with calls (section 4, formula
	 * 1).
	 */
	private int uses() {
		double fresh = (1 - 16.0 / this.order.size()) * PROBES - 1;
		return (this.source == Source.PROBES && fresh > 0) ? (int) Math.ceil(2 / fresh) : Integer.MAX_VALUE;
	}

	private Link usable() {
		Link link = random();
		for (int i = 0; i < 20 && !isUsable(link); i++) {
			link = random();
		}
		return link;
	}

	private Link random() {
		return this.order.get(this.site.random().nextInt(this.order.size()));
	}

	private boolean isUsable(Link link) {
		Long failed = this.failedAt.get(link);
		return link.state().isAvailable() && (failed == null || now() - failed >= LEFT_ALONE);
	}

	private void learn(Link link, Outcome outcome) {
		if (outcome instanceof Failure) {
			this.failedAt.put(link, now());
		}
		else if (this.source == Source.REPLIES && this.links.containsValue(link)) {
			this.pool.add(link, link.report(), now());
		}
	}

	private long now() {
		return this.site.time().elapsed();
	}

	private void follow(List<Member> members) {
		Map<Member, Link> before = this.links;
		this.links = new LinkedHashMap<>();
		for (Member member : members) {
			Link known = before.remove(member);
			this.links.put(member, (known != null) ? known : this.site.links().apply(member));
		}
		this.order = new ArrayList<>(this.links.values());
		this.pool.retain(this.links::containsValue);
		before.values().forEach((link) -> link.close(Duration.ofSeconds(10)));
	}

	@Override
	public void open(Runnable over) {
		over.run();
	}

	@Override
	public String problem() {
		return "";
	}

	@Override
	public SinkState state() {
		return SinkState.OPEN;
	}

	@Override
	public CompletionStage<Void> close(Duration grace) {
		this.links.values().forEach((link) -> link.close(grace));
		return CompletableFuture.completedFuture(null);
	}

	/** Where reports come from. */
	enum Source {

		/** Asked for by frames of their own. */
		PROBES,

		/** Carried on each reply. */
		REPLIES

	}

}
