package io.scalesrpc.circuitbreaker;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Tags;
import io.scalesrpc.log.ClientLog;
import io.scalesrpc.metrics.ClientMetrics;
import io.scalesrpc.metrics.MeterNames;
import io.scalesrpc.time.Ticker;
import org.slf4j.event.Level;

/**
 * Who hears of what a circuit breaker does: the log, the meters, the listener.
 * <em>Thread-safe</em>.
 */
final class Transitions {

	private final ClientLog log;

	private final String client;

	private final String scope;

	private final ClientMetrics metrics;

	private final CircuitBreakerListener listener;

	private final Map<CircuitState, Counter> made = new EnumMap<>(CircuitState.class);

	private final Counter refused;

	Transitions(String client, String scope, ClientMetrics metrics, Ticker ticker, CircuitBreakerListener listener) {
		this.log = new ClientLog(client, ticker);
		this.client = client;
		this.scope = scope;
		this.metrics = metrics;
		this.listener = listener;
		// All at once: a rate needs the zero before the first.
		for (CircuitState state : CircuitState.values()) {
			this.made.put(state, metrics.counter(MeterNames.CIRCUIT_BREAKER_TRANSITIONS, tags(state)));
		}
		this.refused = metrics.counter(MeterNames.CIRCUIT_BREAKER_REJECTED, Tags.of("scope", scope));
	}

	String scope() {
		return this.scope;
	}

	/**
	 * One gauge a state: so a query can say which, and a sum over breakers means
	 * something.
	 */
	<T> void showState(T source, Function<T, CircuitState> current) {
		for (CircuitState state : CircuitState.values()) {
			this.metrics.gauge(MeterNames.CIRCUIT_BREAKER_STATE, tags(state), source,
					(seen) -> (current.apply(seen) == state) ? 1 : 0);
		}
	}

	void hideState() {
		for (CircuitState state : CircuitState.values()) {
			this.metrics.hide(MeterNames.CIRCUIT_BREAKER_STATE, tags(state));
		}
	}

	void refused() {
		this.refused.increment();
	}

	void made(CircuitState from, CircuitState to, String why) {
		CircuitBreakerEvent event = new CircuitBreakerEvent(this.client, this.scope, from, to, why);
		this.log.tellSeldom((to == CircuitState.OPEN) ? Level.WARN : Level.INFO, null, event::text);
		tell(event);
	}

	/** What somebody did by hand must be found afterwards. */
	void byOperator(CircuitState from, CircuitState to, String why) {
		CircuitBreakerEvent event = new CircuitBreakerEvent(this.client, this.scope, from, to, why);
		this.log.tell(Level.WARN, event.text());
		tell(event);
	}

	private void tell(CircuitBreakerEvent event) {
		Objects.requireNonNull(this.made.get(event.to())).increment();
		this.listener.changed(event);
	}

	private Tags tags(CircuitState state) {
		return Tags.of("scope", this.scope, "state", state.tag());
	}

}
