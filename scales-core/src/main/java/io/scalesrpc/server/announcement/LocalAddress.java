package io.scalesrpc.server.announcement;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import io.scalesrpc.discovery.Member;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Under which address others reach a server of this machine. <em>Immutable</em>.
 *
 * @param networks what this machine has
 */
record LocalAddress(LocalNetworks networks) {

	private static final Logger logger = LoggerFactory.getLogger(LocalAddress.class);

	/**
	 * What to announce. A server that listens on one address is announced there. One that
	 * listens on all is announced at the address which this machine uses towards the
	 * registry: who reads the registry is there, too. If that says nothing, as with a
	 * registry on this machine, an address of a network interface is chosen: one that is
	 * no bridge, tunnel or the like, IPv4 and private ones first, and the log says so if
	 * there were several.
	 * @param listening where the server listens
	 * @param registry the hosts of the registry; may be looked up, for a second
	 * @return the address
	 */
	Member of(InetSocketAddress listening, List<Member> registry) {
		InetAddress address = listening.getAddress();
		if (address.isAnyLocalAddress()) {
			address = towards(registry).orElseGet(this::best);
		}
		return Member.of(text(address), listening.getPort());
	}

	private Optional<InetAddress> towards(List<Member> registry) {
		return registry.stream()
			.map(this.networks::sourceTowards)
			.flatMap(Optional::stream)
			.filter(LocalAddress::isMeantForOthers)
			.findFirst();
	}

	private InetAddress best() {
		List<LocalNetworks.Local> known = this.networks.addresses()
			.stream()
			.filter((local) -> isMeantForOthers(local.address()))
			.sorted(Comparator.comparing(LocalAddress::rank))
			.toList();
		if (known.isEmpty()) {
			return InetAddress.getLoopbackAddress();
		}
		if (known.size() > 1) {
			logger.warn("announcing {}, chosen among {}: the registry does not tell which (announceAs names another)",
					known.get(0), known);
		}
		return known.get(0).address();
	}

	private static boolean isMeantForOthers(InetAddress address) {
		return !address.isAnyLocalAddress() && !address.isLoopbackAddress() && !address.isLinkLocalAddress();
	}

	/** The smaller the better. */
	private static int rank(LocalNetworks.Local local) {
		int rank = (local.address() instanceof Inet4Address) ? 0 : 1;
		rank += local.address().isSiteLocalAddress() ? 0 : 2;
		return rank + (local.isVirtual() ? 4 : 0);
	}

	/** The zone of an IPv6 address means nothing elsewhere. */
	private static String text(InetAddress address) {
		return Stream.of(address.getHostAddress().split("%")).findFirst().orElseThrow();
	}

}
