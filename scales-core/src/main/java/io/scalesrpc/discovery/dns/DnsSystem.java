package io.scalesrpc.discovery.dns;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

import io.scalesrpc.discovery.ServerSet;
import io.scalesrpc.discovery.ServerSetUri;
import io.scalesrpc.discovery.dns.query.NameResolver;
import io.scalesrpc.discovery.dns.query.ResolvConf;
import io.scalesrpc.discovery.dns.query.ResolvConfFile;
import io.scalesrpc.time.Ticker;

/**
 * The real surroundings of all DNS sets of the process: its clock, its event loop, its
 * name servers. <em>Thread-safe</em>.
 */
final class DnsSystem {

	private static final Path RESOLV_CONF = Path.of("/etc/resolv.conf");

	/** As long as an empty path of ZooKeeper is not believed. */
	private static final Duration GONE_GRACE = Duration.ofSeconds(20);

	/** Below the constants, which it reads. */
	static final DnsSystem INSTANCE = new DnsSystem();

	private final ResolvConfFile resolvConf = new ResolvConfFile(RESOLV_CONF);

	private final SharedLoop loops = new SharedLoop();

	private final RandomGenerator random = () -> ThreadLocalRandom.current().nextLong();

	/**
	 * Makes a set that opens its session when it is watched.
	 * @param uri what it is called
	 * @param target whom to ask and for what
	 * @param lookup makes the look-up from the full names to try and the one to ask
	 * @return the set
	 */
	ServerSet set(ServerSetUri uri, DnsTarget target,
			BiFunction<Supplier<List<String>>, NameResolver, MemberLookup> lookup) {
		Supplier<ResolvConf> conf = conf(target);
		return new DnsServerSet(uri.toString(),
				() -> new NettySession(this.loops, conf, this.random,
						(resolver) -> lookup.apply(() -> conf.get().candidates(target.name()), resolver)),
				new RefreshDelay(this.random), GONE_GRACE, Ticker.SYSTEM);
	}

	private Supplier<ResolvConf> conf(DnsTarget target) {
		if (target.servers().isEmpty()) {
			return this.resolvConf;
		}
		ResolvConf given = ResolvConf.of(target.servers());
		return () -> given;
	}

}
