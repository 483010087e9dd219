package io.scalesrpc.spring.redis;

import java.util.List;
import java.util.stream.Collectors;

import io.scalesrpc.discovery.Member;
import io.scalesrpc.redis.RedisLogin;
import io.scalesrpc.transport.TlsMaterial;
import io.scalesrpc.transport.TlsSettings;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.data.redis.autoconfigure.DataRedisConnectionDetails;
import org.springframework.boot.data.redis.autoconfigure.DataRedisConnectionDetails.Node;
import org.springframework.boot.data.redis.autoconfigure.DataRedisConnectionDetails.Standalone;
import org.springframework.boot.data.redis.autoconfigure.DataRedisProperties;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslOptions;

/**
 * The servers of {@code spring.data.redis} or of a service connection. Loaded only if
 * Spring Boot's module is there. <em>Immutable</em>.
 *
 * @param details what Spring Boot knows, if it does
 * @param properties says whether a URL asks for TLS
 */
record ServersOfSpringBoot(ObjectProvider<DataRedisConnectionDetails> details,
		ObjectProvider<DataRedisProperties> properties) implements KnownServers {

	private static final String REMEDY = "; set the client's uri to the servers themselves, a primary and its replicas)";

	@Override
	public @Nullable String uri() {
		DataRedisConnectionDetails known = this.details.getIfAvailable();
		if (known == null) {
			return null;
		}
		if (known.getSentinel() != null) {
			throw new IllegalArgumentException("uri: none, and Spring Boot knows of a Sentinel with master '"
					+ known.getSentinel().getMaster() + "' (expected: servers without Sentinel" + REMEDY);
		}
		if (known.getCluster() != null) {
			throw new IllegalArgumentException("uri: none, and Spring Boot knows of a cluster of "
					+ known.getCluster().getNodes().size() + " nodes (expected: servers without cluster" + REMEDY);
		}
		return uri(nodes(known));
	}

	private static List<Node> nodes(DataRedisConnectionDetails known) {
		if (known.getMasterReplica() != null) {
			return known.getMasterReplica().getNodes();
		}
		Standalone standalone = known.getStandalone();
		return (standalone != null) ? List.of(new Node(standalone.getHost(), standalone.getPort())) : List.of();
	}

	private static @Nullable String uri(List<Node> nodes) {
		return nodes.isEmpty() ? null
				: nodes.stream()
					.map((node) -> Member.of(node.host(), node.port()).address())
					.collect(Collectors.joining(",", "tcp://", ""));
	}

	@Override
	public RedisLogin login() {
		DataRedisConnectionDetails known = this.details.getIfAvailable();
		if (known == null) {
			return RedisLogin.DEFAULT;
		}
		Standalone standalone = known.getStandalone();
		DataRedisProperties boot = this.properties.getIfAvailable();
		return new RedisLogin((standalone != null) ? standalone.getDatabase() : 0, known.getUsername(),
				known.getPassword(), (boot != null) ? boot.getClientName() : null);
	}

	@Override
	public @Nullable TlsSettings tls() {
		DataRedisConnectionDetails known = this.details.getIfAvailable();
		SslBundle bundle = (known != null) ? known.getSslBundle() : null;
		if (bundle != null) {
			SslOptions options = bundle.getOptions();
			return TlsSettings.of(new TlsMaterial(bundle.getManagers().getTrustManagerFactory(),
					bundle.getManagers().getKeyManagerFactory(), list(options.getEnabledProtocols()),
					list(options.getCiphers())));
		}
		DataRedisProperties boot = this.properties.getIfAvailable();
		boolean byUrl = boot != null && boot.getUrl() != null && boot.getUrl().startsWith("rediss:");
		return byUrl ? TlsSettings.DEFAULT : null;
	}

	private static List<String> list(String @Nullable [] names) {
		return (names != null) ? List.of(names) : List.of();
	}

}
