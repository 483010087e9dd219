package io.scalesrpc.circuitbreaker;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.scalesrpc.call.CallFilter;
import io.scalesrpc.call.CallOptions;
import io.scalesrpc.call.Checks;

/**
 * The circuit breakers of one client: one for every method that has settings of its own,
 * and one that all other methods share. <em>Thread-safe</em>.
 */
public final class CircuitBreakers {

	/** The scope of all methods that have no breaker of their own. */
	public static final String ALL = "*";

	/**
	 * Which breaker a call belongs to: two methods with the same settings have two, so
	 * the settings cannot tell.
	 */
	private static final CallOptions.Key<CallFilter> BREAKER = new CallOptions.Key<>("circuit-breaker-in-charge",
			(call, next) -> next.dispatch(call));

	private final Surroundings surroundings;

	private final Listeners listeners;

	private volatile Charges charges = new Charges(Map.of(), Map.of(), CallOptions.NONE);

	/**
	 * Makes the breakers that options ask for.
	 * @param ofAll the options of all methods
	 * @param ofMethods what single methods say otherwise, by the name it was set for
	 * @param surroundings what breakers need
	 */
	public CircuitBreakers(CallOptions ofAll, Map<String, CallOptions> ofMethods, Surroundings surroundings) {
		this.surroundings = surroundings;
		this.listeners = new Listeners(surroundings.listeners(), surroundings.executor());
		become(ofAll, ofMethods);
	}

	/**
	 * Makes the breakers what other options ask for. Those whose scope stays keep their
	 * state. Not to be called by two threads at once.
	 * @param ofAll the options of all methods
	 * @param ofMethods what single methods say otherwise, by the name it was set for
	 */
	public void become(CallOptions ofAll, Map<String, CallOptions> ofMethods) {
		Map<String, CircuitBreaker> before = this.charges.breakers;
		Map<String, CircuitBreaker> breakers = new LinkedHashMap<>();
		Map<String, CallOptions> own = new HashMap<>();
		CallOptions shared = inCharge(ALL, ofAll, before, breakers);
		ofMethods.forEach((method, options) -> {
			if (options.has(CircuitBreakerSettings.KEY)) {
				own.put(method, inCharge(method, options, before, breakers));
			}
		});
		this.charges = new Charges(breakers, own, shared);
		before.forEach((scope, breaker) -> {
			if (!breakers.containsKey(scope)) {
				breaker.hide();
			}
		});
	}

	/**
	 * What the calls of a method say to {@link #stage()}.
	 * @param method its name in Java
	 * @param wireName its name on the wire; settings for the former come first
	 * @return the breaker in charge, to be added to the options of the calls
	 */
	public CallOptions inCharge(String method, String wireName) {
		Charges now = this.charges;
		return now.ofMethods.getOrDefault(method, now.ofMethods.getOrDefault(wireName, now.ofAll));
	}

	/**
	 * Whether there is no breaker at all.
	 * @return {@code true} if {@link #stage()} would do nothing
	 */
	public boolean isEmpty() {
		return this.charges.breakers.isEmpty();
	}

	/**
	 * The stage that hands each call to the breaker in charge.
	 * @return the stage, for calls with these options
	 */
	public CallFilter stage() {
		return (call, next) -> call.options().get(BREAKER).filter(call, next);
	}

	/**
	 * The breakers as they are now. Changes nothing.
	 * @return a view of each, that of all methods first
	 */
	public List<CircuitBreakerView> views() {
		return this.charges.breakers.values().stream().map(CircuitBreaker::view).toList();
	}

	/**
	 * Sets the state of a breaker, whatever it was. {@link CircuitState#FORCED_OPEN} and
	 * {@link CircuitState#DISABLED} last until the next time; all others end as they
	 * always do. Told in the log, and forgotten when the process ends.
	 * @param scope the method whose breaker it is, or {@link #ALL}
	 * @param state the state from now on
	 * @param who who sets it, for the log
	 * @throws IllegalArgumentException if there is no breaker of that scope
	 */
	public void set(String scope, CircuitState state, String who) {
		CircuitBreaker breaker = this.charges.breakers.get(scope);
		if (breaker == null) {
			throw new IllegalArgumentException(
					"scope: " + scope + " (expected: one of " + this.charges.breakers.keySet() + ")");
		}
		breaker.set(state, Checks.text("who", who));
	}

	/** One that is off is not that of all methods either. */
	private CallOptions inCharge(String scope, CallOptions options, Map<String, CircuitBreaker> before,
			Map<String, CircuitBreaker> breakers) {
		CircuitBreakerSettings settings = options.get(CircuitBreakerSettings.KEY);
		if (!settings.enabled()) {
			return CallOptions.NONE;
		}
		CircuitBreaker known = before.get(scope);
		if (known != null) {
			known.become(settings);
		}
		CircuitBreaker breaker = (known != null) ? known
				: new CircuitBreaker(settings, this.surroundings.ticker(), new Transitions(this.surroundings.client(),
						scope, this.surroundings.metrics(), this.surroundings.ticker(), this.listeners));
		breakers.put(scope, breaker);
		return CallOptions.of(BREAKER, breaker);
	}

	/**
	 * Which breakers there are, and which is in charge of what. <em>Immutable</em>.
	 *
	 * @param breakers all by scope
	 * @param ofMethods what the calls of methods that say something themselves are sent
	 * through
	 * @param ofAll what those of all others are
	 */
	private record Charges(Map<String, CircuitBreaker> breakers, Map<String, CallOptions> ofMethods,
			CallOptions ofAll) {
	}

}
