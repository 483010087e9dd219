package io.scalesrpc.spring.settings.stage;

import java.util.EnumSet;
import java.util.Set;
import java.util.function.Function;

import io.scalesrpc.balancer.BalancerSettings;
import io.scalesrpc.balancer.BalancerType;
import org.jspecify.annotations.Nullable;

/**
 * The options of balancers: what they are called in a configuration, and which types use
 * them. <em>Immutable</em>.
 */
public enum BalancerOption {

	/** {@code balancer.slow-start}. */
	SLOW_START("slow-start", EnumSet.allOf(BalancerType.class), BalancerSettings::slowStart),

	/** {@code balancer.decay}. */
	DECAY("decay", EnumSet.of(BalancerType.P2C_EWMA), BalancerSettings::decay),

	/** {@code balancer.hash-bound}. */
	HASH_BOUND("hash-bound", EnumSet.of(BalancerType.HASH), BalancerSettings::hashBound),

	/** {@code balancer.zone.name}. */
	ZONE("zone.name", Users.ZONES, (s) -> s.zone().isOn() ? s.zone().name() : null),

	/** {@code balancer.zone.max-load}. */
	ZONE_MAX_LOAD("zone.max-load", Users.ZONES, (s) -> s.zone().isOn() ? s.zone().maxLoad() : null),

	/** {@code balancer.aperture.min-size}. */
	MIN_SIZE("aperture.min-size", EnumSet.of(BalancerType.APERTURE, BalancerType.DETERMINISTIC_APERTURE),
			(s) -> s.aperture().minSize()),

	/** {@code balancer.aperture.max-size}. */
	MAX_SIZE("aperture.max-size", Users.APERTURE,
			(s) -> (s.aperture().maxSize() != Integer.MAX_VALUE) ? s.aperture().maxSize() : null),

	/** {@code balancer.aperture.low-load}. */
	LOW_LOAD("aperture.low-load", Users.APERTURE, (s) -> s.aperture().band().low()),

	/** {@code balancer.aperture.high-load}. */
	HIGH_LOAD("aperture.high-load", Users.APERTURE, (s) -> s.aperture().band().high()),

	/** {@code balancer.aperture.smoothing}. */
	SMOOTHING("aperture.smoothing", Users.APERTURE, (s) -> s.aperture().band().smoothing()),

	/** {@code balancer.aperture.min-jitter}. */
	MIN_JITTER("aperture.min-jitter", Users.APERTURE, (s) -> s.aperture().minJitter()),

	/** {@code balancer.aperture.max-jitter}. */
	MAX_JITTER("aperture.max-jitter", Users.APERTURE, (s) -> s.aperture().maxJitter()),

	/** {@code balancer.coordinate.instance}. */
	INSTANCE("coordinate.instance", Users.RING, (s) -> (s.peers() == null) ? s.coordinate().instance() : null),

	/** {@code balancer.coordinate.total}. */
	TOTAL("coordinate.total", Users.RING, (s) -> (s.peers() == null) ? s.coordinate().total() : null),

	/** {@code balancer.coordinate.peers}. */
	PEERS("coordinate.peers", Users.RING, (s) -> (s.peers() != null) ? s.peers().uri().toString() : null),

	/** {@code balancer.coordinate.self}. */
	SELF("coordinate.self", Users.RING, (s) -> (s.peers() != null) ? s.peers().self().toString() : null);

	private final String property;

	private final Set<BalancerType> users;

	private final Function<BalancerSettings, @Nullable Object> reader;

	BalancerOption(String property, Set<BalancerType> users, Function<BalancerSettings, @Nullable Object> reader) {
		this.property = "balancer." + property;
		this.users = users;
		this.reader = reader;
	}

	/**
	 * The property below a client.
	 * @return for example {@code balancer.aperture.min-size}
	 */
	public String property() {
		return this.property;
	}

	/**
	 * Says whether it means anything to a type.
	 * @param type the way of choosing
	 * @return whether the type uses it
	 */
	public boolean isUsedBy(BalancerType type) {
		return this.users.contains(type);
	}

	/**
	 * The types to which it means something.
	 * @return one or more
	 */
	public Set<BalancerType> users() {
		return Set.copyOf(this.users);
	}

	/**
	 * The value in effect.
	 * @param settings the settings of the balancer
	 * @return the value, or {@code null} if there is no limit, or something else in its
	 * place
	 */
	public @Nullable Object value(BalancerSettings settings) {
		return this.reader.apply(settings);
	}

	/** Enum constants cannot use constants of their own. <em>Immutable</em>. */
	private static final class Users {

		private static final Set<BalancerType> APERTURE = EnumSet.of(BalancerType.APERTURE);

		private static final Set<BalancerType> ZONES = EnumSet
			.complementOf(EnumSet.of(BalancerType.DETERMINISTIC_APERTURE));

		private static final Set<BalancerType> RING = EnumSet.of(BalancerType.DETERMINISTIC_APERTURE);

	}

}
