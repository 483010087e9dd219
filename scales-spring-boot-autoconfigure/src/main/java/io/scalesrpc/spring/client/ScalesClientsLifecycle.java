package io.scalesrpc.spring.client;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.SmartLifecycle;

/**
 * Holds the start before the web server's until clients are ready that ask for it. Closes
 * the clients after the web server has drained, since requests it still answers need
 * them. A context that is only paused keeps its clients: a closed one does not open
 * again. <em>Confined to the thread that starts and stops the application</em>.
 */
final class ScalesClientsLifecycle implements SmartLifecycle {

	private static final Logger logger = LoggerFactory.getLogger(ScalesClientsLifecycle.class);

	/** The web server starts at MAX - 2048 and drains at MAX - 1024. */
	static final int PHASE = DEFAULT_PHASE - 4096;

	private final ScalesClientRegistry registry;

	private final ConfigurableApplicationContext context;

	private boolean running;

	ScalesClientsLifecycle(ScalesClientRegistry registry, ConfigurableApplicationContext context) {
		this.registry = registry;
		this.context = context;
	}

	@Override
	public void start() {
		this.running = true;
		for (String name : this.registry.unused()) {
			logger.warn("scales.clients.{}: no interface with @ScalesClient(\"{}\") was found", name, name);
		}
		this.registry.awaitReady();
	}

	@Override
	public void stop() {
		stop(() -> {
		});
	}

	@Override
	public void stop(Runnable callback) {
		this.running = false;
		if (this.context.isClosed()) {
			this.registry.close().whenComplete((nothing, ex) -> callback.run());
		}
		else {
			callback.run();
		}
	}

	@Override
	public boolean isRunning() {
		return this.running;
	}

	@Override
	public boolean isPauseable() {
		return false;
	}

	@Override
	public int getPhase() {
		return PHASE;
	}

}
