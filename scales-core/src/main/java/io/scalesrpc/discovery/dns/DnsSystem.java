package io.scalesrpc.discovery.dns;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BiFunction;
import java.util.random.RandomGenerator;

import io.netty.resolver.dns.DnsServerAddressStreamProvider;
import io.netty.resolver.dns.DnsServerAddressStreamProviders;
import io.netty.resolver.dns.SequentialDnsServerAddressStreamProvider;
import io.scalesrpc.discovery.ServerSet;
import io.scalesrpc.discovery.ServerSetUri;
import io.scalesrpc.time.Ticker;

/**
 * The real surroundings of all DNS sets of the process: its clock, its event loop, its
 * name servers. <em>Thread-safe</em>.
 */
final class DnsSystem {

	static final DnsSystem INSTANCE = new DnsSystem();

	private static final Path RESOLV_CONF = Path.of("/etc/resolv.conf");

	/** As long as an empty path of ZooKeeper is not believed. */
	private static final Duration GONE_GRACE = Duration.ofSeconds(20);

	private final SharedLoop loops = new SharedLoop();

	private final RandomGenerator random = () -> ThreadLocalRandom.current().nextLong();

	/**
	 * Makes a set that opens its session when it is watched.
	 * @param uri what it is called
	 * @param target whom to ask and for what
	 * @param lookup makes the look-up from the full names to try and the one to ask
	 * @return the set
	 */
	ServerSet set(ServerSetUri uri, DnsTarget target, BiFunction<List<String>, NameResolver, MemberLookup> lookup) {
		return new DnsServerSet(uri.toString(),
				() -> new NettySession(this.loops, () -> servers(target),
						(resolver) -> lookup.apply(search(target).candidates(target.name()), resolver)),
				new RefreshDelay(this.random), GONE_GRACE, Ticker.SYSTEM);
	}

	private static DnsServerAddressStreamProvider servers(DnsTarget target) {
		return target.servers().isEmpty() ? DnsServerAddressStreamProviders.platformDefault()
				: new SequentialDnsServerAddressStreamProvider(target.servers());
	}

	private static SearchList search(DnsTarget target) {
		return target.servers().isEmpty() ? SearchList.read(RESOLV_CONF) : SearchList.NONE;
	}

}
