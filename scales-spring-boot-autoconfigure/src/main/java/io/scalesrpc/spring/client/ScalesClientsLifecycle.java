package io.scalesrpc.spring.client;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.SmartLifecycle;
import org.springframework.util.ClassUtils;

/**
 * Holds the start before the web server's until clients are ready, and warm, that ask for
 * it. Where the application names a phase, the clients are closed in it; else
 * {@link LastToClose} does that. A context that is only paused keeps its clients: a
 * closed one does not open again. <em>Confined to the thread that starts and stops the
 * application</em>.
 */
final class ScalesClientsLifecycle implements SmartLifecycle {

	private static final Logger logger = LoggerFactory.getLogger(ScalesClientsLifecycle.class);

	/** The web server starts at MAX - 2048. */
	static final int PHASE = DEFAULT_PHASE - 4096;

	/** By name: it need not be there. */
	private static final String WEB = "org.springframework.boot.web.server.context.WebServerApplicationContext";

	private final ScalesClientRegistry registry;

	private final @Nullable Integer phase;

	private final ConfigurableApplicationContext context;

	private boolean running;

	ScalesClientsLifecycle(ScalesClientRegistry registry, @Nullable Integer phase,
			ConfigurableApplicationContext context) {
		this.registry = registry;
		this.phase = phase;
		this.context = context;
	}

	@Override
	public void start() {
		this.running = true;
		for (String name : this.registry.unused()) {
			logger.atLevel(level())
				.log("scales.clients.{}: no interface with @ScalesClient(\"{}\") was found", name, name);
		}
		this.registry.awaitReady();
		this.registry.warmUp();
	}

	/** A context that serves nobody may be the parent of one whose client it is. */
	private Level level() {
		return (servesTheWeb() || this.context.getParent() != null) ? Level.WARN : Level.INFO;
	}

	private boolean servesTheWeb() {
		ClassLoader loader = ScalesClientsLifecycle.class.getClassLoader();
		return ClassUtils.isPresent(WEB, loader) && ClassUtils.resolveClassName(WEB, loader).isInstance(this.context);
	}

	@Override
	public void stop() {
		stop(() -> {
		});
	}

	@Override
	public void stop(Runnable callback) {
		this.running = false;
		if (this.phase != null && this.context.isClosed()) {
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
		return (this.phase != null) ? this.phase : PHASE;
	}

}
