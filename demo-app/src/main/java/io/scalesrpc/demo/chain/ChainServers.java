package io.scalesrpc.demo.chain;

import java.util.ArrayList;
import java.util.List;

import io.micrometer.observation.ObservationRegistry;
import io.scalesrpc.demo.InOneProcess;
import io.scalesrpc.demo.pricing.Pricing;
import io.scalesrpc.observation.ServerObservations;
import io.scalesrpc.server.ThriftMuxServer;

import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * The second and the third hop inside the demo; the calls go over real sockets all the
 * same. <em>Confined to the thread that starts and stops the application</em>.
 */
@InOneProcess
@Component
class ChainServers implements SmartLifecycle {

	private final ChainProperties properties;

	private final ServerObservations observations;

	private final FrontHandler front;

	private final BackHandler back;

	private final List<ThriftMuxServer> servers = new ArrayList<>();

	ChainServers(ChainProperties properties, BackClient back, ViewEvents views, Sightings sightings,
			ObservationRegistry observations) {
		this.properties = properties;
		this.front = new FrontHandler(back, sightings);
		this.back = new BackHandler(sightings, views);
		this.observations = new ServerObservations(observations, null);
	}

	@Override
	public void start() {
		serve(this.properties.backPort(), this.back);
		serve(this.properties.frontPort(), this.front);
	}

	private void serve(int port, Pricing.Iface handler) {
		this.servers.add(ThriftMuxServer.builder()
			.port(port)
			.service(Pricing.class, handler)
			.observations(this.observations)
			.build()
			.start());
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
