package io.scalesrpc.discovery.zookeeper;

import java.time.InstantSource;

import io.scalesrpc.Internal;
import io.scalesrpc.discovery.Announcement;
import io.scalesrpc.discovery.Member;
import io.scalesrpc.discovery.ServerSet;
import io.scalesrpc.discovery.ServerSetProvider;
import io.scalesrpc.discovery.ServerSetUri;

/**
 * Makes and joins the services of Curator's service discovery, which Spring Cloud
 * ZooKeeper uses: {@code curator://h1:2181,h2:2181/services/orders}, with the base path
 * and the name of the service. Needs ZooKeeper 3.6 or later (persistent watches).
 * <em>Thread-safe</em>.
 */
@Internal
public final class CuratorServerSetProvider implements ServerSetProvider {

	private final ZooKeeperSettings settings;

	/** For nobody in particular. */
	public CuratorServerSetProvider() {
		this(ZooKeeperSettings.DEFAULT);
	}

	/**
	 * For somebody.
	 * @param settings who this process is, for all URIs
	 */
	public CuratorServerSetProvider(ZooKeeperSettings settings) {
		this.settings = settings;
	}

	@Override
	public String scheme() {
		return "curator";
	}

	@Override
	public ServerSet create(ServerSetUri uri) {
		check(uri);
		return Schemes.<ServerSet>make(uri,
				() -> new ZooKeeperServerSet(uri, format(uri), Schemes.context().with(this.settings)));
	}

	/**
	 * Announces an instance with an ephemeral node. Weight and metadata go into a payload
	 * as Spring Cloud's; without them there is none.
	 */
	@Override
	public Announcement announce(ServerSetUri uri, Member member) {
		check(uri);
		return Schemes.<Announcement>make(uri,
				() -> Schemes.context().with(this.settings).announce(uri, format(uri).announcement(member)));
	}

	private static CuratorFormat format(ServerSetUri uri) {
		return new CuratorFormat(uri.path().substring(uri.path().lastIndexOf('/') + 1), InstantSource.system());
	}

	private static void check(ServerSetUri uri) {
		Schemes.check(uri, "curator://host:port[,host:port]/base/service");
		if (!uri.fragment().isEmpty()) {
			throw new IllegalArgumentException("uri: " + uri + " (expected: no # after a curator:// path)");
		}
	}

}
