package io.scalesrpc.spring.server;

import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

import io.scalesrpc.server.ThriftMuxServer;
import io.scalesrpc.spring.DrainingLifecycle;
import io.scalesrpc.spring.settings.ServerProperties;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.MutablePropertySources;

/**
 * The server of the application's own services. It listens once the web server does, and
 * drains beside it when the application stops: in the same phase, at the latest after
 * {@code scales.server.drain-grace}. <em>Thread-safe</em>.
 */
public final class ScalesServer extends DrainingLifecycle implements DisposableBean {

	private static final Logger logger = LoggerFactory.getLogger(ScalesServer.class);

	/** That in which the web server waits for its requests. */
	static final int PHASE = DEFAULT_PHASE - 1024;

	/** Where Spring Boot tells the ports of web servers. */
	private static final String PORTS = "server.ports";

	private static final String PORT = "local.scales.port";

	private final Supplier<ThriftMuxServer> factory;

	private final ServerMeters meters;

	private final ServerProperties properties;

	private final ServerProblems problems;

	private final List<ServedService> services;

	private final ConfigurableEnvironment environment;

	private volatile ThriftMuxServer server;

	private volatile boolean stopped;

	ScalesServer(Supplier<ThriftMuxServer> factory, ServerMeters meters, ServerProperties properties,
			ServerProblems problems, List<ServedService> services, ConfigurableEnvironment environment) {
		super(PHASE);
		this.factory = factory;
		this.meters = meters;
		this.properties = properties;
		this.problems = problems;
		this.services = List.copyOf(services);
		this.environment = environment;
		this.server = factory.get();
	}

	/**
	 * The server behind this one; another one after the context was stopped and started.
	 * @return the server, not to be closed by the caller
	 */
	public ThriftMuxServer server() {
		return this.server;
	}

	/**
	 * The port on which the server listens; also the property {@code local.scales.port}.
	 * @return from 1 to 65535
	 * @throws IllegalStateException if it does not listen yet
	 */
	public int port() {
		return this.server.port();
	}

	/**
	 * The beans that are served.
	 * @return their names
	 */
	public List<String> services() {
		return this.services.stream().map(ServedService::bean).toList();
	}

	/**
	 * The settings of the server.
	 * @return the settings in effect
	 */
	public ServerProperties properties() {
		return this.properties;
	}

	@Override
	protected void begin() {
		if (this.stopped) {
			this.server = this.factory.get();
			this.stopped = false;
		}
		try {
			this.server.listen();
		}
		catch (IllegalStateException ex) {
			throw this.problems.of("port", ex.getMessage() + ((ex.getCause() != null) ? ": " + ex.getCause() : ""),
					"Set another 'scales.server.port' (0 for a free one) or 'scales.server.address', or stop what"
							+ " listens there.",
					ex);
		}
		this.meters.count(this.server);
		tellPort();
		InetSocketAddress address = this.server.address();
		logger.info("Scales server started on port {} ({}) with {}", address.getPort(),
				this.properties.protocol().name().toLowerCase(java.util.Locale.ROOT), services());
	}

	private void tellPort() {
		MutablePropertySources sources = this.environment.getPropertySources();
		Map<String, Object> ports = new HashMap<>();
		if (sources.get(PORTS) instanceof MapPropertySource known) {
			ports.putAll(known.getSource());
		}
		ports.put(PORT, this.server.port());
		MapPropertySource source = new MapPropertySource(PORTS, ports);
		if (sources.contains(PORTS)) {
			sources.replace(PORTS, source);
		}
		else {
			sources.addFirst(source);
		}
	}

	@Override
	protected void end(Runnable done) {
		this.stopped = true;
		this.server.close(this.properties.drainGrace()).whenComplete((nothing, failure) -> done.run());
	}

	/** Waits for what a phase that was too short has left; closes what never started. */
	@Override
	public void destroy() {
		this.server.close(this.properties.drainGrace()).toCompletableFuture().join();
	}

}
