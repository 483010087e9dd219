package io.scalesrpc.hedging;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

import io.micrometer.core.instrument.Tags;
import io.scalesrpc.Internal;
import io.scalesrpc.call.Call;
import io.scalesrpc.call.CallFilter;
import io.scalesrpc.call.MethodSpec;
import io.scalesrpc.call.Sink;
import io.scalesrpc.metrics.ClientMetrics;
import io.scalesrpc.metrics.MeterNames;
import io.scalesrpc.retry.RetryBudget;
import io.scalesrpc.time.Ticker;
import io.scalesrpc.time.Timer;

/**
 * Sends a second attempt of a call that takes longer than nearly all others of its
 * method. Calls of methods that are not hedged pass as they are, and cost a look at their
 * options. <em>Thread-safe</em>.
 */
@Internal
public final class HedgingFilter implements CallFilter {

	private final HedgingTools tools;

	private final ConcurrentMap<Key, HedgedMethod> methods = new ConcurrentHashMap<>();

	/**
	 * Creates the filter of one client.
	 * @param ticker the clock of the deadlines
	 * @param timer wakes the filter when a second attempt is due
	 * @param retries bounds retries and second attempts of all methods together
	 * @param metrics where second attempts are counted and their delay is shown
	 */
	public HedgingFilter(Ticker ticker, Timer timer, RetryBudget retries, ClientMetrics metrics) {
		this.tools = new HedgingTools(ticker, timer, retries, metrics);
	}

	@Override
	public void filter(Call call, Sink next) {
		if (HedgingSettings.isOn(call.options()) && !call.method().oneway() && !call.isEnded()) {
			new Hedge(method(call), call, next).start();
		}
		else {
			next.dispatch(call);
		}
	}

	private HedgedMethod method(Call call) {
		MethodSpec method = call.method();
		Key key = new Key(method.service(), method.name(), call.options().get(HedgingSettings.KEY));
		HedgedMethod known = this.methods.get(key);
		return (known != null) ? known : this.methods.computeIfAbsent(key, this::add);
	}

	private HedgedMethod add(Key key) {
		HedgedMethod method = new HedgedMethod(key.settings, this.tools);
		this.tools.metrics()
			.gauge(MeterNames.HEDGING_DELAY, Tags.of("method", key.method), method, HedgedMethod::delaySeconds);
		return method;
	}

	/**
	 * What one measurement is for: several interfaces may have a method of the service,
	 * and settings of their own for it. <em>Immutable</em>.
	 *
	 * @param service the service
	 * @param method the method's name on the wire
	 * @param settings what is set for it
	 */
	private record Key(String service, String method, HedgingSettings settings) {
	}

}
