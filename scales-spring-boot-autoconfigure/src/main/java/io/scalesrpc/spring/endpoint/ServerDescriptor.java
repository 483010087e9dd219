package io.scalesrpc.spring.endpoint;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import io.scalesrpc.server.ServerStats;
import io.scalesrpc.server.ThriftMuxServer;
import io.scalesrpc.spring.ConfiguredSetting;
import io.scalesrpc.spring.SettingLocator;
import io.scalesrpc.spring.server.ScalesServer;
import io.scalesrpc.spring.settings.ServerProperties;
import org.jspecify.annotations.Nullable;

/**
 * The application's own server as the endpoint shows it. <em>Immutable</em>.
 *
 * @param state listening or closed
 * @param port where it listens; absent while it does not
 * @param protocol the protocol's name
 * @param services the beans that are served
 * @param methods the methods that clients can call
 * @param announcement why the server is not announced; absent if it is, or was not to be
 * @param connections connections now
 * @param active calls that wait or run now
 * @param counts what it has done so far
 * @param settings the settings in effect, by property name below {@code scales.server};
 * absent unless they were asked for
 */
public record ServerDescriptor(String state, @Nullable Integer port, String protocol, List<String> services,
		Collection<String> methods, @Nullable String announcement, long connections, long active,
		Map<String, Long> counts, @Nullable Map<String, SettingDescriptor> settings) {

	static ServerDescriptor of(ScalesServer scales, SettingLocator locator, boolean withSettings) {
		ThriftMuxServer server = scales.server();
		ServerStats stats = server.stats();
		ServerProperties properties = scales.properties();
		Map<String, Long> counts = new TreeMap<>(Map.of("requests", stats.requests(), "nacks", stats.nacks(),
				"failures", stats.failures(), "expired", stats.expired(), "discards", stats.discards(),
				"protocol-errors", stats.protocolErrors(), "refused-connections", stats.refusedConnections()));
		return new ServerDescriptor(scales.isRunning() ? "listening" : "closed",
				scales.isRunning() ? server.port() : null, SettingTexts.text(properties.protocol()), scales.services(),
				server.methods(), server.announcementProblem(), stats.connections(), stats.active(), counts,
				withSettings ? settings(properties, locator) : null);
	}

	private static Map<String, SettingDescriptor> settings(ServerProperties properties, SettingLocator locator) {
		Map<String, @Nullable Object> values = new TreeMap<>();
		values.put("port", properties.port());
		values.put("address", properties.address());
		values.put("encoding", properties.encoding());
		values.put("executor", properties.executor());
		values.put("virtual-threads", properties.virtualThreads());
		values.put("max-concurrent-calls", properties.maxConcurrentCalls());
		values.put("max-calls-per-connection", properties.maxCallsPerConnection());
		values.put("deadlines", properties.deadlines());
		values.put("max-connections", properties.maxConnections());
		values.put("handshake-timeout", properties.handshakeTimeout());
		values.put("idle-timeout", properties.idleTimeout());
		values.put("max-age", properties.maxAge());
		values.put("max-frame-size", properties.maxFrameSize());
		values.put("announce", properties.announce());
		values.put("announce-as", properties.announceAs());
		values.put("zone", properties.zone().isEmpty() ? null : properties.zone());
		values.put("leave-delay", properties.leaveDelay());
		values.put("drain-grace", properties.drainGrace());
		values.put("ssl.bundle", properties.ssl().bundle());
		values.put("ssl.clients", properties.ssl().clients());
		Map<String, SettingDescriptor> settings = new TreeMap<>();
		values.forEach((name, value) -> {
			if (value != null) {
				settings.put(name, of(SettingTexts.text(value), locator.find("scales.server." + name)));
			}
		});
		return settings;
	}

	private static SettingDescriptor of(String value, @Nullable ConfiguredSetting setting) {
		return (setting == null) ? new SettingDescriptor(value, null, null) : new SettingDescriptor(value,
				setting.property(), (setting.origin() != null) ? setting.origin().toString() : null);
	}

}
