package io.scalesrpc.circuitbreaker;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

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

	private final Map<String, CircuitBreaker> breakers = new LinkedHashMap<>();

	/** What the calls of methods that say something themselves are sent through. */
	private final Map<String, CallOptions> ofMethods = new HashMap<>();

	private final CallOptions ofAll;

	/**
	 * Makes the breakers that options ask for.
	 * @param ofAll the options of all methods
	 * @param ofMethods what single methods say otherwise, by the name it was set for
	 * @param surroundings what breakers need
	 */
	public CircuitBreakers(CallOptions ofAll, Map<String, CallOptions> ofMethods, Surroundings surroundings) {
		Listeners listeners = new Listeners(surroundings.listeners(), surroundings.executor());
		BiFunction<String, CircuitBreakerSettings, CircuitBreaker> maker = (scope,
				settings) -> new CircuitBreaker(settings, surroundings.ticker(), new Transitions(surroundings.client(),
						scope, surroundings.metrics(), surroundings.ticker(), listeners));
		this.ofAll = inCharge(ALL, ofAll, maker);
		ofMethods.forEach((method, own) -> {
			if (own.has(CircuitBreakerSettings.KEY)) {
				this.ofMethods.put(method, inCharge(method, own, maker));
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
		return this.ofMethods.getOrDefault(method, this.ofMethods.getOrDefault(wireName, this.ofAll));
	}

	/**
	 * Whether there is no breaker at all.
	 * @return {@code true} if {@link #stage()} would do nothing
	 */
	public boolean isEmpty() {
		return this.breakers.isEmpty();
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
		return this.breakers.values().stream().map(CircuitBreaker::view).toList();
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
		CircuitBreaker breaker = this.breakers.get(scope);
		if (breaker == null) {
			throw new IllegalArgumentException(
					"scope: " + scope + " (expected: one of " + this.breakers.keySet() + ")");
		}
		breaker.set(state, Checks.text("who", who));
	}

	/** One that is off is not that of all methods either. */
	private CallOptions inCharge(String scope, CallOptions options,
			BiFunction<String, CircuitBreakerSettings, CircuitBreaker> maker) {
		CircuitBreakerSettings settings = options.get(CircuitBreakerSettings.KEY);
		if (!settings.enabled()) {
			return CallOptions.NONE;
		}
		CircuitBreaker breaker = maker.apply(scope, settings);
		this.breakers.put(scope, breaker);
		return CallOptions.of(BREAKER, breaker);
	}

}
