package io.scalesrpc.observation;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.scalesrpc.Internal;
import io.scalesrpc.call.Call;
import io.scalesrpc.call.CallFilter;
import io.scalesrpc.call.Sink;
import io.scalesrpc.time.Ticker;

/**
 * The stage that observes every attempt of calls that are observed, each as a child of
 * its call; servers then see the attempt as what called them. <em>Thread-safe</em>.
 */
@Internal
public final class AttemptObservations implements CallFilter {

	private static final AttemptConvention CONVENTION = new AttemptConvention();

	private final ObservationRegistry registry;

	private final String client;

	private final String protocol;

	private final Ticker ticker;

	/**
	 * Creates the stage of one client.
	 * @param registry who is told
	 * @param client the client's name
	 * @param protocol the protocol's name
	 * @param ticker tells how long attempts took
	 */
	public AttemptObservations(ObservationRegistry registry, String client, String protocol, Ticker ticker) {
		this.registry = registry;
		this.client = client;
		this.protocol = protocol;
		this.ticker = ticker;
	}

	@Override
	public void filter(Call call, Sink next) {
		if (call.scope() instanceof CallObservation ofCall && !call.isEnded()) {
			observe(call, ofCall.observation());
		}
		next.dispatch(call);
	}

	private void observe(Call attempt, Observation parent) {
		ScalesClientObservationContext context = new ScalesClientObservationContext(attempt, this.client, this.protocol,
				attempt.attempts() + 1);
		CallObservation.start(() -> Observation.createNotStarted(null, CONVENTION, () -> context, this.registry)
			.parentObservation(parent), context, this.ticker);
	}

}
