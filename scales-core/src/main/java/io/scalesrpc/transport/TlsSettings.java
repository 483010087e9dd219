package io.scalesrpc.transport;

import java.util.function.Supplier;

import io.netty.util.NetUtil;
import io.scalesrpc.discovery.Member;
import org.jspecify.annotations.Nullable;

import static io.scalesrpc.call.Checks.require;

/**
 * How a client speaks TLS with its members: from the first byte, before the protocol,
 * unless the protocol agrees upon it. A server must show a certificate for the name by
 * which it is known: that of the member, or one name for all. <em>Immutable</em>; the
 * supplier must be thread-safe.
 *
 * @param material asked for every new connection, on an event loop, so that it must not
 * block; other managers than before are what new connections use from then on, while
 * those that are open stay as they are
 * @param verifyHostname whether the certificate must be for the server's name. Without
 * that anybody with a certificate of a trusted authority can pose as the server
 * @param serverName the name of every member, asked for (SNI, RFC 6066) and expected in
 * certificates; null for each member's own
 */
public record TlsSettings(Supplier<TlsMaterial> material, boolean verifyHostname, @Nullable String serverName) {

	/** With the certificate authorities of the Java runtime, and no certificate. */
	public static final TlsSettings DEFAULT = of(TlsMaterial.DEFAULT);

	/**
	 * Checks the values.
	 * @throws IllegalArgumentException if the name cannot be one of a server
	 */
	public TlsSettings {
		require(serverName == null || isAddress(serverName) || ServerNames.of(serverName) != null, "server-name",
				"'" + serverName + "'", "a host name or an address");
	}

	/**
	 * With material that stays the same, verifying the names of servers.
	 * @param material whom to trust, and what to show
	 * @return the settings
	 */
	public static TlsSettings of(TlsMaterial material) {
		return reloading(() -> material);
	}

	/**
	 * With material that may change, verifying the names of servers.
	 * @param material asked for every new connection; must not block
	 * @return the settings
	 */
	public static TlsSettings reloading(Supplier<TlsMaterial> material) {
		return new TlsSettings(material, true, null);
	}

	/**
	 * The same with one name for all members.
	 * @param name a host name, or an address
	 * @return new settings
	 * @throws IllegalArgumentException if it cannot be the name of a server
	 */
	public TlsSettings withServerName(String name) {
		return new TlsSettings(this.material, this.verifyHostname, name);
	}

	/**
	 * The same with certificates of any name believed, for networks that nobody else is
	 * on.
	 * @return new settings
	 */
	public TlsSettings withoutHostnameVerification() {
		return new TlsSettings(this.material, false, this.serverName);
	}

	/** The name a member must prove; a zone is no part of an address elsewhere. */
	String nameOf(Member member) {
		String name = (this.serverName != null) ? this.serverName : member.hostName();
		int zone = name.indexOf('%');
		return (zone >= 0 && isAddress(name)) ? name.substring(0, zone) : name;
	}

	static boolean isAddress(String name) {
		return NetUtil.isValidIpV4Address(name) || NetUtil.isValidIpV6Address(name);
	}

}
