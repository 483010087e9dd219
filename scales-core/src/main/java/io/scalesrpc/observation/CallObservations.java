package io.scalesrpc.observation;

import java.util.function.Supplier;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.scalesrpc.Internal;
import io.scalesrpc.call.Call;
import io.scalesrpc.call.CallFilter;
import io.scalesrpc.call.Sink;
import io.scalesrpc.time.Ticker;

/**
 * The stage that observes calls, as their callers see them. The parent of a call is the
 * observation that is current on the caller's thread. <em>Thread-safe</em>.
 */
@Internal
public final class CallObservations implements CallFilter {

	private static final ScalesClientObservationConvention DEFAULT = new DefaultScalesClientObservationConvention();

	private final ObservationSettings settings;

	private final String client;

	private final String protocol;

	private final Ticker ticker;

	/**
	 * Creates the stage of one client.
	 * @param settings who is told
	 * @param client the client's name
	 * @param protocol the protocol's name
	 * @param ticker tells how long calls took
	 */
	public CallObservations(ObservationSettings settings, String client, String protocol, Ticker ticker) {
		this.settings = settings;
		this.client = client;
		this.protocol = protocol;
		this.ticker = ticker;
	}

	@Override
	public void filter(Call call, Sink next) {
		ObservationRegistry registry = this.settings.registry();
		if (!registry.isNoop() && !call.isEnded()) {
			observe(call, registry);
		}
		next.dispatch(call);
	}

	private void observe(Call call, ObservationRegistry registry) {
		ScalesClientObservationContext context = new ScalesClientObservationContext(call, this.client, this.protocol,
				0);
		Supplier<ScalesClientObservationContext> supplier = () -> context;
		CallObservation.start(
				() -> Observation.createNotStarted(this.settings.convention(), DEFAULT, supplier, registry), context,
				this.ticker);
	}

}
