package io.scalesrpc.spring;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

import io.scalesrpc.balancer.BalancerSettings;
import io.scalesrpc.balancer.BalancerType;
import org.jspecify.annotations.Nullable;

/**
 * The options of balancers: what they are called in a configuration and in the core, and
 * which types use them. <em>Immutable</em>.
 */
public enum BalancerOption {

	/** {@code balancer.slow-start}. */
	SLOW_START("slow-start", "slowStart", EnumSet.allOf(BalancerType.class), BalancerSettings::slowStart),

	/** {@code balancer.decay}. */
	DECAY("decay", "decay", EnumSet.of(BalancerType.P2C_EWMA), BalancerSettings::decay),

	/** {@code balancer.aperture.min-size}. */
	MIN_SIZE("aperture.min-size", "minSize", EnumSet.of(BalancerType.APERTURE, BalancerType.DETERMINISTIC_APERTURE),
			(s) -> s.aperture().minSize()),

	/** {@code balancer.aperture.max-size}. */
	MAX_SIZE("aperture.max-size", "maxSize", Users.APERTURE,
			(s) -> (s.aperture().maxSize() != Integer.MAX_VALUE) ? s.aperture().maxSize() : null),

	/** {@code balancer.aperture.low-load}. */
	LOW_LOAD("aperture.low-load", "low", Users.APERTURE, (s) -> s.aperture().band().low()),

	/** {@code balancer.aperture.high-load}. */
	HIGH_LOAD("aperture.high-load", "high", Users.APERTURE, (s) -> s.aperture().band().high()),

	/** {@code balancer.aperture.smoothing}. */
	SMOOTHING("aperture.smoothing", "smoothing", Users.APERTURE, (s) -> s.aperture().band().smoothing()),

	/** {@code balancer.aperture.min-jitter}. */
	MIN_JITTER("aperture.min-jitter", "minJitter", Users.APERTURE, (s) -> s.aperture().minJitter()),

	/** {@code balancer.aperture.max-jitter}. */
	MAX_JITTER("aperture.max-jitter", "maxJitter", Users.APERTURE, (s) -> s.aperture().maxJitter()),

	/** {@code balancer.coordinate.instance}. */
	INSTANCE("coordinate.instance", "instance", Users.RING,
			(s) -> (s.peers() == null) ? s.coordinate().instance() : null),

	/** {@code balancer.coordinate.total}. */
	TOTAL("coordinate.total", "total", Users.RING, (s) -> (s.peers() == null) ? s.coordinate().total() : null),

	/** {@code balancer.coordinate.peers}. */
	PEERS("coordinate.peers", "peers", Users.RING, (s) -> (s.peers() != null) ? s.peers().uri() : null),

	/** {@code balancer.coordinate.self}. */
	SELF("coordinate.self", "self", Users.RING, (s) -> (s.peers() != null) ? s.peers().self() : null);

	private final String property;

	private final String coreName;

	private final Set<BalancerType> users;

	private final Function<BalancerSettings, @Nullable Object> reader;

	BalancerOption(String property, String coreName, Set<BalancerType> users,
			Function<BalancerSettings, @Nullable Object> reader) {
		this.property = "balancer." + property;
		this.coreName = coreName;
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

	/**
	 * The option with which it has to agree.
	 * @return the most for the least, the whole for the part; itself for one on its own
	 */
	public BalancerOption partner() {
		return switch (this) {
			case MIN_SIZE -> MAX_SIZE;
			case MAX_SIZE -> MIN_SIZE;
			case LOW_LOAD -> HIGH_LOAD;
			case HIGH_LOAD -> LOW_LOAD;
			case MIN_JITTER -> MAX_JITTER;
			case MAX_JITTER -> MIN_JITTER;
			case INSTANCE -> TOTAL;
			case TOTAL -> INSTANCE;
			case PEERS -> SELF;
			case SELF -> PEERS;
			default -> this;
		};
	}

	/**
	 * Finds the option that a text of the core is about.
	 * @param text begins with a name and a colon
	 * @return the option, if it is about one
	 */
	public static Optional<BalancerOption> in(String text) {
		return Arrays.stream(values()).filter((option) -> text.startsWith(option.coreName + ":")).findFirst();
	}

	/** Enum constants cannot use constants of their own. <em>Immutable</em>. */
	private static final class Users {

		private static final Set<BalancerType> APERTURE = EnumSet.of(BalancerType.APERTURE);

		private static final Set<BalancerType> RING = EnumSet.of(BalancerType.DETERMINISTIC_APERTURE);

	}

}
