package io.scalesrpc.observation;

import java.util.function.Supplier;

import io.micrometer.observation.Observation;
import io.scalesrpc.call.Call;
import io.scalesrpc.call.CallDetails;
import io.scalesrpc.call.CallEvent;
import io.scalesrpc.call.CallScope;
import io.scalesrpc.call.Failure;
import io.scalesrpc.call.Outcome;
import io.scalesrpc.call.OwnObserver;
import io.scalesrpc.call.ScalesException;
import io.scalesrpc.time.Ticker;
import org.jspecify.annotations.Nullable;

/**
 * The observation of one call or attempt. It begins where the call is made and stops on
 * the thread that ends it; meanwhile the call tells it what happens. What is told
 * afterwards, by an attempt that lost, is not recorded. <em>Thread-safe</em>.
 */
final class CallObservation extends OwnObserver implements CallScope {

	private final SafeObservation observation;

	private final ScalesClientObservationContext context;

	private final Ticker ticker;

	/** What the call has taken along otherwise. */
	private final @Nullable CallScope around;

	private volatile boolean stopped;

	private CallObservation(SafeObservation observation, ScalesClientObservationContext context, Ticker ticker) {
		this.observation = observation;
		this.context = context;
		this.ticker = ticker;
		this.around = context.call().scope();
	}

	/**
	 * Begins an observation and has it told of the call of its context, unless somebody
	 * has decided against it. A handler of the application that fails must not cost a
	 * call, which then goes on unobserved.
	 */
	static void start(Supplier<Observation> maker, ScalesClientObservationContext context, Ticker ticker) {
		SafeObservation started = SafeObservation.start(maker);
		if (started == null) {
			return;
		}
		CallObservation observed = new CallObservation(started, context, ticker);
		context.call().scope(observed);
		context.call().onOutcome(observed);
	}

	Observation observation() {
		return this.observation.observation();
	}

	@Override
	public Restored restore() {
		return (this.around != null) ? this.around.restore() : NOTHING;
	}

	@Override
	public Restored trace() {
		return this.observation.openScope()::run;
	}

	@Override
	public void happened(Call call, CallEvent event, Object detail) {
		if (!this.stopped) {
			this.observation.event(Observation.Event.of(event.toString(), text(call, event, detail)));
		}
	}

	private static String text(Call call, CallEvent event, Object detail) {
		if (event == CallEvent.ATTEMPT) {
			return "attempt " + (call.ordinal() + 1) + ": " + detail;
		}
		return event + ": " + ((detail instanceof Failure failure) ? failure.reason() : detail);
	}

	@Override
	public void ended(Call call, Outcome outcome) {
		this.stopped = true;
		this.context.setResponse(outcome);
		if (outcome instanceof Failure failure && RpcKeys.isError(failure)) {
			this.observation.error(ScalesException.of(failure,
					CallDetails.of(this.context.client(), call, this.ticker.nanos()), false));
		}
		this.observation.stop();
	}

}
