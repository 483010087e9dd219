package io.scalesrpc.spring.discovery;

import java.time.Duration;
import java.util.List;

import io.scalesrpc.discovery.Member;
import io.scalesrpc.discovery.SourceStatus;
import io.scalesrpc.log.PeerText;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a registry has told about a service so far, and what of it is believed. A failure
 * changes nothing; nor does an answer without instances, until one that comes 20 seconds
 * later says the same. What lasts is told to the log once. <em>Confined to the serial
 * tasks of its server set</em>, except for the status.
 */
final class InstanceSnapshot {

	static final Duration EMPTY_GRACE = Duration.ofSeconds(20);

	private static final Logger logger = LoggerFactory.getLogger(InstanceSnapshot.class);

	private final String uri;

	private @Nullable List<Member> believed;

	private @Nullable Long emptySince;

	private List<String> bad = List.of();

	private volatile Answer last = new Answer(null, null, 0);

	InstanceSnapshot(String uri) {
		this.uri = uri;
	}

	/**
	 * Takes an answer in.
	 * @return the members if they are to be told: believed, and not the same as before
	 */
	@Nullable List<Member> answered(Instances found, long now) {
		if (this.last.error() != null) {
			logger.info("{}: the registry answers again", this.uri);
		}
		if (!found.bad().isEmpty() && !found.bad().equals(this.bad)) {
			logger.warn("{}: {} instances left out, such as {}", this.uri, found.bad().size(),
					PeerText.printable(found.bad().get(0)));
		}
		this.bad = found.bad();
		this.last = new Answer(now, null, found.bad().size());
		boolean news = isBelieved(found.members(), now) && !found.members().equals(this.believed);
		this.believed = news ? found.members() : this.believed;
		return news ? this.believed : null;
	}

	void failed(Throwable ex) {
		if (this.last.error() == null) {
			logger.warn("{}: the registry does not answer, keeping {} members: {}", this.uri,
					(this.believed != null) ? this.believed.size() : 0, PeerText.printable(ex.toString()));
		}
		this.emptySince = null;
		this.last = new Answer(this.last.at(), PeerText.printable(ex.toString()), this.last.bad());
	}

	/** How long until an empty answer would be believed, if one is waiting for that. */
	@Nullable Long nanosOfGrace(long now) {
		return (this.emptySince != null) ? Math.max(0, EMPTY_GRACE.toNanos() - (now - this.emptySince)) : null;
	}

	/** Safe on any thread. */
	SourceStatus status(long now) {
		Answer answer = this.last;
		return new SourceStatus((answer.at() != null) ? Duration.ofNanos(now - answer.at()) : null, answer.error(),
				answer.bad());
	}

	private boolean isBelieved(List<Member> members, long now) {
		if (!members.isEmpty() || (this.believed != null && this.believed.isEmpty())) {
			this.emptySince = null;
			return true;
		}
		if (this.emptySince == null) {
			this.emptySince = now;
			logger.warn("{}: the registry knows no instance; believed if it still says so after {} s", this.uri,
					EMPTY_GRACE.toSeconds());
		}
		boolean believed = now - this.emptySince >= EMPTY_GRACE.toNanos();
		this.emptySince = believed ? null : this.emptySince;
		return believed;
	}

	/**
	 * The last word of a registry. <em>Immutable</em>.
	 *
	 * @param at when it last answered, in nanoseconds
	 * @param error why it does not answer now
	 * @param bad how many instances were left out
	 */
	private record Answer(@Nullable Long at, @Nullable String error, int bad) {
	}

}
