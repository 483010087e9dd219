package io.scalesrpc.spring.server;

import io.scalesrpc.spring.DrainingLifecycle;

/**
 * Announces the server last, when everything else has started, and withdraws it before
 * anything else stops. <em>Confined to the thread that starts and stops the
 * application</em>.
 */
final class ServerAnnouncement extends DrainingLifecycle {

	private final ScalesServer server;

	private final ServerProblems problems;

	ServerAnnouncement(ScalesServer server, ServerProblems problems) {
		super(DEFAULT_PHASE);
		this.server = server;
		this.problems = problems;
	}

	@Override
	protected void begin() {
		try {
			this.server.server().announce();
		}
		catch (IllegalArgumentException ex) {
			throw this.problems.badValue("announce", ex);
		}
	}

	@Override
	protected void end(Runnable done) {
		this.server.server().withdraw().whenComplete((nothing, failure) -> done.run());
	}

}
