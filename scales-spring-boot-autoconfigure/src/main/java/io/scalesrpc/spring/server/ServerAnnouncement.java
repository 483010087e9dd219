package io.scalesrpc.spring.server;

import org.springframework.context.SmartLifecycle;

/**
 * Announces the server last, when everything else has started, and withdraws it before
 * anything else stops. <em>Confined to the thread that starts and stops the
 * application</em>.
 */
final class ServerAnnouncement implements SmartLifecycle {

	private final ScalesServer server;

	private final ServerProblems problems;

	private boolean running;

	ServerAnnouncement(ScalesServer server, ServerProblems problems) {
		this.server = server;
		this.problems = problems;
	}

	@Override
	public void start() {
		try {
			this.server.server().announce();
		}
		catch (IllegalArgumentException ex) {
			throw this.problems.badValue("announce", ex);
		}
		this.running = true;
	}

	@Override
	public void stop() {
		stop(() -> {
		});
	}

	@Override
	public void stop(Runnable callback) {
		this.running = false;
		this.server.server().withdraw().whenComplete((nothing, failure) -> callback.run());
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
		return DEFAULT_PHASE;
	}

}
