package io.scalesrpc.demo;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.scalesrpc.demo.pricing.Pricing;
import io.scalesrpc.server.ThriftMuxServer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Five pricing servers inside the demo, so that nothing has to be installed; the calls go
 * over real sockets all the same. They start before the clients and stop after them.
 * <em>Confined to the thread that starts and stops the application</em>.
 */
@Component
class PricingServers implements SmartLifecycle {

	private static final Logger logger = LoggerFactory.getLogger(PricingServers.class);

	private final PricingProperties properties;

	private final List<ThriftMuxServer> servers = new ArrayList<>();

	PricingServers(PricingProperties properties) {
		this.properties = properties;
	}

	@Override
	public void start() {
		List<Integer> ports = this.properties.ports();
		for (int i = 0; i < ports.size(); i++) {
			Duration delay = (i == ports.size() - 1) ? this.properties.slowBy() : Duration.ZERO;
			PricingHandler handler = new PricingHandler("pricing-" + (i + 1), delay);
			ThriftMuxServer server = ThriftMuxServer.builder()
				.port(ports.get(i))
				.service(Pricing.class, handler)
				.build();
			server.start();
			this.servers.add(server);
		}
		logger.info("Pricing servers on ports {}, the last one slow by {} ms", ports,
				this.properties.slowBy().toMillis());
	}

	@Override
	public void stop() {
		this.servers.forEach(ThriftMuxServer::close);
		this.servers.clear();
	}

	@Override
	public boolean isRunning() {
		return !this.servers.isEmpty();
	}

	@Override
	public int getPhase() {
		return DEFAULT_PHASE - 8192;
	}

}
