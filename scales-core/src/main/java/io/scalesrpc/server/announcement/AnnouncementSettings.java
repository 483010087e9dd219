package io.scalesrpc.server.announcement;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.scalesrpc.discovery.Member;
import io.scalesrpc.discovery.ServerSetProvider;
import io.scalesrpc.discovery.ServerSetProviders;
import io.scalesrpc.discovery.ServerSetUri;
import org.jspecify.annotations.Nullable;

/**
 * Where and as what a server announces itself. <em>Immutable</em>.
 *
 * @param uri the server set; null for none
 * @param member what to announce; null for the address the server listens on
 * @param zone where the server stands; empty if that is not told
 * @param leaveDelay from the withdrawal to the drain
 * @param providers beside those that are found
 */
public record AnnouncementSettings(@Nullable ServerSetUri uri, @Nullable Member member, String zone,
		Duration leaveDelay, List<ServerSetProvider> providers) {

	private static final Duration MAX_DELAY = Duration.ofDays(1);

	public static final AnnouncementSettings DEFAULT = new AnnouncementSettings(null, null, "", Duration.ofSeconds(1),
			List.of());

	public AnnouncementSettings {
		if (leaveDelay.isNegative() || leaveDelay.compareTo(MAX_DELAY) > 0) {
			throw new IllegalArgumentException("leaveDelay: " + leaveDelay + " (expected: 0 to 1 day)");
		}
		providers = List.copyOf(providers);
	}

	public AnnouncementSettings withUri(String newUri) {
		return new AnnouncementSettings(ServerSetUri.parse(newUri), this.member, this.zone, this.leaveDelay,
				this.providers);
	}

	public AnnouncementSettings withMember(Member newMember) {
		return new AnnouncementSettings(this.uri, newMember, this.zone, this.leaveDelay, this.providers);
	}

	public AnnouncementSettings withZone(String newZone) {
		return new AnnouncementSettings(this.uri, this.member, newZone, this.leaveDelay, this.providers);
	}

	public AnnouncementSettings withLeaveDelay(Duration newLeaveDelay) {
		return new AnnouncementSettings(this.uri, this.member, this.zone, newLeaveDelay, this.providers);
	}

	/**
	 * Who announces the server.
	 * @return null if nobody shall
	 * @throws IllegalArgumentException if nobody knows the scheme
	 */
	@Nullable ServerSetProvider provider() {
		return (this.uri != null) ? ServerSetProviders.find(this.providers, this.uri) : null;
	}

	public AnnouncementSettings withProvider(ServerSetProvider provider) {
		List<ServerSetProvider> more = new ArrayList<>(this.providers);
		more.add(provider);
		return new AnnouncementSettings(this.uri, this.member, this.zone, this.leaveDelay, more);
	}

}
