package io.scalesrpc.thrift.idl;

import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.scalesrpc.call.CallOptions;
import io.scalesrpc.call.Idempotence;
import org.jspecify.annotations.Nullable;

/**
 * What is said of a method where it is declared: in annotations of an IDL, or of Java.
 * <em>Immutable</em>.
 *
 * @param idempotent whether it may be called twice; {@code null} if nothing is said
 * @param timeout how long its calls may take, as it is written; {@code null} if nothing
 * is said
 * @param routingKey the name of the parameter that decides which member a call goes to;
 * {@code null} if nothing is said
 */
public record AnnotatedMethod(@Nullable Boolean idempotent, @Nullable String timeout, @Nullable String routingKey) {

	/** Nothing is said. */
	public static final AnnotatedMethod NONE = new AnnotatedMethod(null, null, null);

	private static final Pattern DURATION = Pattern.compile("([0-9]{1,9})(us|ms|s|m|h)");

	private static final Duration MOST = Duration.ofDays(1);

	private static final Map<String, Duration> UNITS = Map.of("us", Duration.ofNanos(1000), "ms", Duration.ofMillis(1),
			"s", Duration.ofSeconds(1), "m", Duration.ofMinutes(1), "h", Duration.ofHours(1));

	/**
	 * Checks the timeout.
	 * @throws IllegalArgumentException if it is no duration above 0 and of at most a day
	 */
	public AnnotatedMethod {
		if (timeout != null) {
			duration(timeout);
		}
	}

	/**
	 * With one thing more.
	 * @param name {@code idempotent}, {@code timeout} or {@code routing-key}
	 * @param value as it is written
	 * @return the new one
	 * @throws IllegalArgumentException if it is something else; says what is expected
	 */
	AnnotatedMethod with(String name, String value) {
		return switch (name) {
			case "idempotent" -> new AnnotatedMethod(truth(value), this.timeout, this.routingKey);
			case "timeout" -> new AnnotatedMethod(this.idempotent, value, this.routingKey);
			case "routing-key" -> new AnnotatedMethod(this.idempotent, this.timeout, value);
			default -> throw new IllegalArgumentException("scales.idempotent or scales.timeout");
		};
	}

	static boolean truth(String value) {
		if (!value.equals("true") && !value.equals("false")) {
			throw new IllegalArgumentException("true or false, not " + value);
		}
		return value.equals("true");
	}

	private static Duration duration(String text) {
		Matcher matcher = DURATION.matcher(text);
		if (!matcher.matches()) {
			throw new IllegalArgumentException("a number with its unit, us, ms, s, m or h, such as 30ms, not " + text);
		}
		Duration unit = UNITS.getOrDefault(matcher.group(2), Duration.ZERO);
		Duration duration = unit.multipliedBy(Long.parseLong(matcher.group(1)));
		if (duration.isZero() || duration.compareTo(MOST) > 0) {
			throw new IllegalArgumentException("above 0 and at most a day, not " + text);
		}
		return duration;
	}

	/** What this does not say, the other does. */
	AnnotatedMethod over(AnnotatedMethod other) {
		return new AnnotatedMethod((this.idempotent != null) ? this.idempotent : other.idempotent,
				(this.timeout != null) ? this.timeout : other.timeout, this.routingKey);
	}

	/**
	 * The same as settings of the calls.
	 * @return the options, none if nothing is said
	 */
	public CallOptions options() {
		CallOptions options = (this.timeout != null) ? CallOptions.timeout(duration(this.timeout)) : CallOptions.NONE;
		return (this.idempotent != null) ? options.with(Idempotence.KEY, this.idempotent) : options;
	}

	/**
	 * The same as an IDL has it behind the method; the routing key stands behind its
	 * parameter.
	 * @return behind a blank, {@code (scales.idempotent = "true")}; empty if nothing is
	 * said
	 */
	public String idl() {
		StringBuilder text = new StringBuilder();
		text.append((this.idempotent != null) ? ", scales.idempotent = \"" + this.idempotent + "\"" : "");
		text.append((this.timeout != null) ? ", scales.timeout = \"" + this.timeout + "\"" : "");
		return text.isEmpty() ? "" : " (" + text.substring(2) + ")";
	}

	/** The same as lines of a file. */
	String lines(String method) {
		return ((this.idempotent != null) ? method + ".idempotent=" + this.idempotent + "\n" : "")
				+ ((this.timeout != null) ? method + ".timeout=" + this.timeout + "\n" : "")
				+ ((this.routingKey != null) ? method + ".routing-key=" + this.routingKey + "\n" : "");
	}

}
