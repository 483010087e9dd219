package io.scalesrpc.spring.client;

import io.scalesrpc.spring.DrainingLifecycle;
import io.scalesrpc.spring.client.start.LastToClose;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.util.ClassUtils;

/**
 * Holds the start before the web server's until clients are ready, and warm, that ask for
 * it. Where the application names a phase, the clients are closed in it; else
 * {@link LastToClose} does that. A context that is only paused keeps its clients: a
 * closed one does not open again. <em>Confined to the thread that starts and stops the
 * application</em>.
 */
final class ScalesClientsLifecycle extends DrainingLifecycle {

	private static final Logger logger = LoggerFactory.getLogger(ScalesClientsLifecycle.class);

	/** The web server starts at MAX - 2048. */
	static final int PHASE = DEFAULT_PHASE - 4096;

	/** By name: it need not be there. */
	private static final String WEB = "org.springframework.boot.web.server.context.WebServerApplicationContext";

	private final ScalesClientRegistry registry;

	private final boolean closes;

	private final ConfigurableApplicationContext context;

	ScalesClientsLifecycle(ScalesClientRegistry registry, @Nullable Integer phase,
			ConfigurableApplicationContext context) {
		super((phase != null) ? phase : PHASE);
		this.registry = registry;
		this.closes = phase != null;
		this.context = context;
	}

	@Override
	protected void begin() {
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
	protected void end(Runnable done) {
		if (this.closes && this.context.isClosed()) {
			this.registry.close().whenComplete((nothing, ex) -> done.run());
		}
		else {
			done.run();
		}
	}

}
