package io.scalesrpc.discovery.zookeeper;

import io.scalesrpc.discovery.Announcement;
import io.scalesrpc.discovery.Member;
import io.scalesrpc.discovery.ServerSet;
import io.scalesrpc.discovery.ServerSetProvider;
import io.scalesrpc.discovery.ServerSetUri;

/**
 * Makes and joins Twitter's server sets in ZooKeeper:
 * {@code zk://h1:2181,h2:2181/path#endpoint}; without a name the service endpoint is
 * meant. Needs ZooKeeper 3.6 or later (persistent watches). <em>Thread-safe</em>.
 */
public final class ZooKeeperServerSetProvider implements ServerSetProvider {

	private final ZooKeeperSettings settings;

	/** For nobody in particular. */
	public ZooKeeperServerSetProvider() {
		this(ZooKeeperSettings.DEFAULT);
	}

	/**
	 * For somebody.
	 * @param settings who this process is, for all URIs
	 */
	public ZooKeeperServerSetProvider(ZooKeeperSettings settings) {
		this.settings = settings;
	}

	@Override
	public String scheme() {
		return "zk";
	}

	@Override
	public ServerSet create(ServerSetUri uri) {
		check(uri);
		return Schemes.<ServerSet>make(uri, () -> new ZooKeeperServerSet(uri, new TwitterFormat(uri.fragment()),
				Schemes.context().with(this.settings)));
	}

	/**
	 * Announces a member with an ephemeral node; a name after {@code #} becomes an
	 * additional endpoint with the same address. Metadata may say {@code shard}, a whole
	 * number; nothing else is written.
	 */
	@Override
	public Announcement announce(ServerSetUri uri, Member member) {
		check(uri);
		return Schemes.<Announcement>make(uri,
				() -> Schemes.context()
					.with(this.settings)
					.announce(uri, new TwitterFormat(uri.fragment()).announcement(member)));
	}

	private static void check(ServerSetUri uri) {
		Schemes.check(uri, "zk://host:port[,host:port]/path[#name]");
	}

}
