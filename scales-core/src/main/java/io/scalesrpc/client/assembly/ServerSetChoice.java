package io.scalesrpc.client.assembly;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

import io.scalesrpc.balancer.BalancerSettings;
import io.scalesrpc.balancer.BalancerType;
import io.scalesrpc.balancer.Peers;
import io.scalesrpc.call.Checks;
import io.scalesrpc.call.InvalidSettingException;
import io.scalesrpc.discovery.FailoverServerSet;
import io.scalesrpc.discovery.MissingLibrariesException;
import io.scalesrpc.discovery.ServerSet;
import io.scalesrpc.discovery.ServerSetProvider;
import io.scalesrpc.discovery.ServerSetProviders;
import io.scalesrpc.discovery.ServerSetUri;
import io.scalesrpc.discovery.WebScheme;
import io.scalesrpc.protocol.Protocol;
import io.scalesrpc.transport.TlsSettings;
import org.jspecify.annotations.Nullable;

/**
 * The settings that say where members come from. <em>Confined to the thread that
 * builds.</em>
 */
public final class ServerSetChoice {

	/** What people write for the servers of a protocol, and where TLS is meant. */
	private static final Map<String, Boolean> OF_PROTOCOLS = Map.of("redis", false, "rediss", true, "kafka", false,
			"thrift", false, "thriftmux", false);

	private static final Pattern HOST_AND_PORT = Pattern.compile("[\\w.,:\\[\\]-]+:\\d+");

	private static final String SCHEME_END = "://";

	private final List<ServerSetProvider> providers = new ArrayList<>();

	private @Nullable String uri;

	private @Nullable ServerSet serverSet;

	public void uri(String newUri) {
		if (HOST_AND_PORT.matcher(newUri).matches()) {
			throw InvalidSettingException.of("uri", newUri,
					"tcp://" + newUri + ", or another scheme that says how members are found");
		}
		ServerSetUri.groups(newUri).forEach(ServerSetChoice::requireOneScheme);
		ServerSetUri.groups(newUri).forEach((group) -> Checks.about("uri", () -> ServerSetUri.parse(group)));
		this.uri = newUri;
	}

	private static void requireOneScheme(String group) {
		int end = group.indexOf(SCHEME_END);
		String rest = (end >= 0) ? group.substring(end + SCHEME_END.length()) : "";
		if (rest.contains(SCHEME_END) && rest.indexOf('@') < 0) {
			throw InvalidSettingException.of("uri", group, "the scheme once, before the list: "
					+ group.substring(0, end + SCHEME_END.length()) + rest.replaceAll("[a-zA-Z][\\w.+-]*://", ""));
		}
	}

	public void serverSet(ServerSet newServerSet) {
		this.serverSet = newServerSet;
	}

	public void provider(ServerSetProvider provider) {
		this.providers.add(provider);
	}

	/**
	 * How TLS is spoken with the members, which their URI may say.
	 * @return null for not at all
	 * @throws IllegalArgumentException if the URI says something else
	 */
	@Nullable public TlsSettings tls(@Nullable TlsSettings given, Protocol spoken) {
		WebScheme web = (this.uri != null) ? WebScheme.of(this.uri) : null;
		boolean alike = this.uri == null
				|| ServerSetUri.groups(this.uri).stream().allMatch((group) -> WebScheme.of(group) == web);
		Checks.require(alike, "uri", text(), "all groups with https://, all with http://, or none with either");
		boolean chosen = spoken.inapplicable().containsKey("balancer") || spoken.name().equals("redis");
		Checks.require(this.uri == null || !chosen || ServerSetUri.groups(this.uri).size() == 1, "uri", text(),
				"one group; protocol " + spoken.name() + " finds its servers itself");
		if (web == null) {
			return given;
		}
		Checks.require(spoken.isHttp(), "uri", text(),
				"another scheme, such as " + spoken.exampleUri() + ", with protocol " + spoken.name()
						+ "; it does not travel by HTTP" + ((web == WebScheme.HTTPS) ? ". TLS is ssl.bundle" : ""));
		// Never in plain text because of two letters.
		Checks.require(web == WebScheme.HTTPS || given == null, "uri", text(),
				"https://, or neither TLS settings nor ssl.bundle");
		return (web == WebScheme.HTTPS && given == null) ? TlsSettings.DEFAULT : given;
	}

	/** Where members come from, in words. */
	public String text() {
		return (this.uri != null) ? ServerSetUri.withoutUser(this.uri) : String.valueOf(this.serverSet);
	}

	/**
	 * The members, and the peers if the balancer has a use for them.
	 * @param tls whether members are called over TLS
	 */
	public ServerSets resolve(BalancerSettings balancer, Protocol spoken, boolean tls) {
		ServerSet members = tls ? new TlsPorts(resolve(spoken)) : resolve(spoken);
		Peers peers = balancer.peers();
		if (peers == null || balancer.type() != BalancerType.DETERMINISTIC_APERTURE) {
			return new ServerSets(members, null);
		}
		try {
			return new ServerSets(members, new ServerSets.PeerSet(create(peers.uri()), peers.self()));
		}
		catch (IllegalArgumentException ex) {
			members.close();
			throw Peers.about(ex).about("balancer.coordinate.peers");
		}
	}

	private ServerSet resolve(Protocol spoken) {
		Checks.require(this.uri == null || this.serverSet == null, "uri", text(), "none beside a serverSet");
		if (this.serverSet != null) {
			return this.serverSet;
		}
		if (this.uri == null) {
			throw InvalidSettingException.of("uri", "none",
					"where the members are, for example " + spoken.exampleUri());
		}
		List<String> groups = ServerSetUri.groups(this.uri);
		List<ServerSet> sets = new ArrayList<>();
		try {
			for (String group : groups) {
				ServerSetUri parsed = ServerSetUri.parse(group);
				requireNoProtocol(parsed, spoken);
				sets.add(create(parsed));
			}
			return (sets.size() == 1) ? sets.get(0) : new FailoverServerSet(sets);
		}
		catch (IllegalArgumentException ex) {
			sets.forEach(ServerSet::close);
			throw ex;
		}
	}

	/** A scheme says how members are found, and not how they are spoken with. */
	private static void requireNoProtocol(ServerSetUri uri, Protocol spoken) {
		Boolean tls = OF_PROTOCOLS.get(uri.scheme());
		if (tls == null) {
			return;
		}
		String hosts = uri.authority().substring(uri.authority().lastIndexOf('@') + 1);
		String more = tls ? "; TLS is ssl.bundle" : "";
		if (uri.authority().indexOf('@') >= 0 || uri.path().length() > 1) {
			String name = spoken.name();
			more += name.equals("redis") ? "; a login is redis.username and redis.password, a database redis.database"
					: name.equals("kafka") ? "; a login is kafka.sasl" : "";
		}
		// Without what may be a password.
		throw InvalidSettingException.of("uri", uri.scheme() + "://" + hosts,
				"tcp://" + hosts + ", or another scheme that says how members are found" + more);
	}

	private ServerSet create(ServerSetUri parsed) {
		return Checks.about("uri", () -> {
			try {
				return ServerSetProviders.find(this.providers, parsed).create(parsed);
			}
			catch (MissingLibrariesException ex) {
				throw InvalidSettingException.because("uri", String.valueOf(ex.getMessage()), ex)
					.missing(ex.libraries());
			}
		});
	}

}
