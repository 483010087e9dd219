package io.scalesrpc.server.announcement;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

import io.scalesrpc.discovery.Announcement;
import io.scalesrpc.discovery.Member;
import io.scalesrpc.discovery.ServerSetProvider;
import io.scalesrpc.discovery.ServerSetUri;
import org.jspecify.annotations.Nullable;

/**
 * A server's place in a server set: taken when it listens, left before it drains. ABSENT
 * -> (join) PRESENT -> (leave) LEFT; ABSENT -> (leave) LEFT, from which nothing leads
 * back. <em>Thread-safe</em>.
 */
public final class Presence {

	/** A registry that does not answer must not keep the server from closing. */
	static final Duration MAX_WITHDRAWAL = Duration.ofSeconds(5);

	private static final Announcement LEFT = () -> CompletableFuture.completedStage(null);

	private final AnnouncementSettings settings;

	private final @Nullable ServerSetProvider provider;

	private final AtomicReference<@Nullable Announcement> announcement = new AtomicReference<>();

	private final CompletableFuture<Void> left = new CompletableFuture<>();

	/**
	 * Creates a presence that is not announced.
	 * @throws IllegalArgumentException if nobody knows the scheme of the set
	 */
	public Presence(AnnouncementSettings settings) {
		this.settings = settings;
		this.provider = settings.provider();
	}

	/**
	 * Announces the server; does not wait for the registry.
	 * @param listening where it listens
	 * @throws IllegalArgumentException if the registry's URI is not right
	 */
	public void join(InetSocketAddress listening) {
		ServerSetUri uri = this.settings.uri();
		if (uri == null || this.provider == null) {
			return;
		}
		Member member = this.settings.member();
		Announcement made = this.provider.announce(uri, inZone((member != null) ? member : local(listening, uri)));
		if (!this.announcement.compareAndSet(null, made)) {
			made.withdraw();
		}
	}

	private Member inZone(Member member) {
		if (this.settings.zone().isEmpty()) {
			return member;
		}
		Map<String, String> metadata = new HashMap<>(member.metadata());
		metadata.put(Member.ZONE, this.settings.zone());
		return new Member(member.host(), member.port(), member.weight(), metadata);
	}

	/** A scheme of somebody else's need not name hosts. */
	private static Member local(InetSocketAddress listening, ServerSetUri uri) {
		LocalAddress local = new LocalAddress(new SystemNetworks());
		try {
			return local.of(listening, uri.members());
		}
		catch (IllegalArgumentException ex) {
			return local.of(listening, List.of());
		}
	}

	/**
	 * Why the server is not announced now.
	 * @return words; null if it is, or was not to be
	 */
	@Nullable public String problem() {
		Announcement made = this.announcement.get();
		return (made != null) ? made.problem() : null;
	}

	/** How long leaving may take. */
	public Duration longestLeave() {
		return (this.settings.uri() != null) ? MAX_WITHDRAWAL.plus(this.settings.leaveDelay()) : Duration.ZERO;
	}

	/**
	 * Withdraws the announcement, then waits until clients have seen it; once, however
	 * often it is asked for.
	 * @param timer runs what comes later
	 * @return completes at once if nothing was announced, and never fails
	 */
	public CompletionStage<Void> leave(ScheduledExecutorService timer) {
		Announcement made = this.announcement.getAndSet(LEFT);
		if (made == LEFT) {
			return this.left.minimalCompletionStage();
		}
		if (made == null) {
			this.left.complete(null);
			return this.left.minimalCompletionStage();
		}
		CompletableFuture<Void> withdrawn = new CompletableFuture<>();
		made.withdraw().whenComplete((nothing, failure) -> withdrawn.complete(null));
		timer.schedule(() -> withdrawn.complete(null), MAX_WITHDRAWAL.toMillis(), TimeUnit.MILLISECONDS);
		withdrawn.thenRun(() -> timer.schedule(() -> this.left.complete(null), this.settings.leaveDelay().toMillis(),
				TimeUnit.MILLISECONDS));
		return this.left.minimalCompletionStage();
	}

}
