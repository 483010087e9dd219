package io.scalesrpc.spring.server;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.Executor;

import io.scalesrpc.discovery.ServerSetProvider;
import io.scalesrpc.server.ConnectionLimits;
import io.scalesrpc.server.ServerInterceptor;
import io.scalesrpc.server.ServerProtocol;
import io.scalesrpc.server.ThriftMuxServer;
import io.scalesrpc.server.ThriftMuxServerBuilder;
import io.scalesrpc.spring.ScalesConfigurationException;
import io.scalesrpc.spring.settings.ServerProperties;
import io.scalesrpc.transport.Transport;

import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.core.env.Environment;
import org.springframework.util.unit.DataSize;

/**
 * Makes the server of properties and beans, through the builder that is there without
 * Spring. <em>Immutable</em>.
 *
 * @param properties the settings
 * @param transport what moves the bytes
 * @param problems says what is wrong with them
 * @param beans executors, SSL bundles, registries
 * @param environment knows whether the application has virtual threads
 */
record ServerAssembler(ServerProperties properties, Transport transport, ServerProblems problems,
		ListableBeanFactory beans, Environment environment) {

	/** Settings of a connection that can be told something. */
	private static final List<String> OF_MUX = List.of("handshake-timeout", "max-age", "deadlines");

	ThriftMuxServer assemble(List<ServedService> services, ServerInterceptor interceptor) {
		ServerProperties settings = this.properties;
		ThriftMuxServerBuilder builder = ThriftMuxServer.builder()
			.protocol(settings.protocol())
			.transport(this.transport)
			.encoding(settings.encoding())
			.deadlines(settings.deadlines())
			.interceptor(interceptor);
		services.forEach((service) -> service.addTo(builder));
		this.problems.set("port", () -> builder.address(address()));
		this.problems.set("max-concurrent-calls", () -> builder.maxConcurrentCalls(settings.maxConcurrentCalls()));
		this.problems.set("max-frame-size", () -> builder.maxFrameBytes(bytes(settings.maxFrameSize())));
		refuseOfMux();
		builder.connections(limits());
		Executor executor = new ServerExecutors(this.beans, this.environment, this.problems).choose(settings);
		if (executor != null) {
			builder.executor(executor);
		}
		new ServerSsl(this.beans, this.problems).apply(settings.ssl(), builder);
		announce(builder);
		return build(services, builder);
	}

	private InetSocketAddress address() {
		return (this.properties.address() != null)
				? new InetSocketAddress(this.properties.address(), this.properties.port())
				: new InetSocketAddress(this.properties.port());
	}

	private static int bytes(DataSize size) {
		return (int) Math.min(Integer.MAX_VALUE, size.toBytes());
	}

	private ConnectionLimits limits() {
		ServerProperties settings = this.properties;
		Limits limits = new Limits();
		this.problems.set("max-connections",
				() -> limits.value = limits.value.withMaxConnections(settings.maxConnections()));
		this.problems.set("handshake-timeout",
				() -> limits.value = limits.value.withHandshakeTimeout(settings.handshakeTimeout()));
		this.problems.set("idle-timeout", () -> limits.value = limits.value.withIdleTimeout(settings.idleTimeout()));
		this.problems.set("max-age", () -> limits.value = limits.value.withMaxAge(settings.maxAge()));
		this.problems.set("max-calls-per-connection",
				() -> limits.value = limits.value.withMaxCalls(settings.maxCallsPerConnection()));
		return limits.value;
	}

	/** What has no effect is not accepted in silence. */
	private void refuseOfMux() {
		if (this.properties.protocol() != ServerProtocol.THRIFT) {
			return;
		}
		for (String setting : OF_MUX) {
			if (this.problems.locator().find(ServerProblems.PREFIX + setting) != null) {
				throw this.problems.of(setting,
						setting + " (expected: none with protocol thrift, which knows nothing" + " of it)",
						"Remove 'scales.server." + setting + "'.", null);
			}
		}
	}

	private void announce(ThriftMuxServerBuilder builder) {
		ServerProperties settings = this.properties;
		this.problems.set("leave-delay", () -> builder.leaveDelay(settings.leaveDelay()));
		String uri = settings.announce();
		if (uri == null) {
			for (String setting : List.of("announce-as", "zone", "leave-delay")) {
				if (this.problems.locator().find(ServerProblems.PREFIX + setting) != null) {
					throw this.problems.of(setting, setting + " (expected: none without announce)",
							"Set 'scales.server.announce', or remove 'scales.server." + setting + "'.", null);
				}
			}
			return;
		}
		this.beans.getBeanProvider(ServerSetProvider.class).orderedStream().forEach(builder::serverSetProvider);
		this.problems.set("announce", () -> builder.announce(uri));
		builder.announceZone(settings.zone().trim());
		String address = settings.announceAs();
		if (address != null) {
			this.problems.set("announce-as", () -> announceAs(address, builder));
		}
	}

	private static void announceAs(String address, ThriftMuxServerBuilder builder) {
		int colon = address.lastIndexOf(':');
		try {
			String host = address.substring(0, Math.max(0, colon)).replaceFirst("^\\[(.*)]$", "$1");
			builder.announceAs(host, Integer.parseInt(address.substring(colon + 1)));
		}
		catch (IllegalArgumentException ex) {
			throw new IllegalArgumentException("announce-as: " + address + " (expected: host:port)", ex);
		}
	}

	private ThriftMuxServer build(List<ServedService> services, ThriftMuxServerBuilder builder) {
		try {
			return builder.build();
		}
		catch (IllegalStateException ex) {
			throw this.problems.badValue("ssl.opportunistic", ex);
		}
		catch (IllegalArgumentException ex) {
			throw refused(services, ex);
		}
	}

	private ScalesConfigurationException refused(List<ServedService> services, IllegalArgumentException cause) {
		String text = String.valueOf(cause.getMessage());
		if (text.startsWith("uri: ")) {
			return this.problems.badValue("announce", cause);
		}
		List<String> names = services.stream().map(ServedService::bean).toList();
		String remedy = text.contains("give one service a name")
				? "Give all but one of the beans " + names + " a name, @ScalesService(name = ...), by which clients"
						+ " with Thrift's multiplexed protocol call it."
				: "Have each of the beans " + names + " with @ScalesService implement the Iface of one generated"
						+ " service, or say which: @ScalesService(service = ...).";
		return ScalesConfigurationException.ofServer(null, text, remedy, cause);
	}

	/** Collects limits. <em>Confined to the thread that builds</em>. */
	private static final class Limits {

		private ConnectionLimits value = ConnectionLimits.DEFAULT;

	}

}
