package io.scalesrpc.balancer;

import io.scalesrpc.call.InvalidSettingException;
import io.scalesrpc.discovery.Member;
import io.scalesrpc.discovery.ServerSetUri;
import org.jspecify.annotations.Nullable;

/**
 * Where the processes that are clients of a service are registered themselves, this one
 * among them: their order there numbers them. <em>Immutable</em>.
 *
 * @param uri names the set of all of them
 * @param self how this process is registered in it
 */
public record Peers(ServerSetUri uri, Member self) {

	/**
	 * Reads both.
	 * @param uri for example {@code zk://zk1:2181/services/shop}
	 * @param self {@code host:port} in the very words of the registry; upper and lower
	 * case are one
	 * @return the peers
	 * @throws IllegalArgumentException if one is not right; the text begins with
	 * {@code peers:} or {@code self:}
	 */
	public static Peers of(String uri, String self) {
		Member member = member(self);
		if (member == null) {
			throw InvalidSettingException.of("self", self, "host:port, as this process is registered among its peers");
		}
		try {
			return new Peers(ServerSetUri.parse(uri), member);
		}
		catch (IllegalArgumentException ex) {
			throw about(ex);
		}
	}

	/**
	 * What a provider says about the URI, as said about the peers.
	 * @param refusal begins with {@code uri:}
	 * @return the same, beginning with {@code peers:}
	 */
	public static InvalidSettingException about(IllegalArgumentException refusal) {
		return InvalidSettingException.because("peers",
				String.valueOf(refusal.getMessage()).replaceFirst("^(uri: )?", "peers: "), refusal);
	}

	private static @Nullable Member member(String self) {
		try {
			ServerSetUri parsed = ServerSetUri.parse("tcp://" + self);
			boolean isBare = parsed.path().isEmpty() && parsed.fragment().isEmpty();
			return (isBare && parsed.members().size() == 1) ? parsed.members().get(0) : null;
		}
		catch (IllegalArgumentException ex) {
			return null;
		}
	}

}
