package io.scalesrpc.client.assembly;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;

import io.scalesrpc.call.CallOptions;
import io.scalesrpc.call.Checks;
import io.scalesrpc.call.InvalidSettingException;
import io.scalesrpc.call.MethodSpec;
import io.scalesrpc.retry.AttemptTimeout;

/**
 * The settings that say how long things may take. <em>Confined to the thread that
 * builds.</em>
 */
public final class Timeouts {

	private final Map<String, Duration> ofMethods = new LinkedHashMap<>();

	private Duration total = Duration.ofSeconds(10);

	private Duration connect = Duration.ofSeconds(1);

	private Duration closeGrace = Duration.ofSeconds(10);

	public void total(Duration timeout) {
		this.total = Checks.positive("timeout", timeout);
	}

	public Duration total() {
		return this.total;
	}

	public void connect(Duration timeout) {
		this.connect = Checks.positive("connectTimeout", timeout);
	}

	public Duration connect() {
		return this.connect;
	}

	public void closeGrace(Duration grace) {
		Checks.require(!grace.isNegative() && grace.compareTo(Duration.ofDays(1)) <= 0, "closeGrace", grace,
				"0 to 1 day");
		this.closeGrace = grace;
	}

	public Duration closeGrace() {
		return this.closeGrace;
	}

	public void ofMethod(String method, Duration timeout) {
		this.ofMethods.put(Checks.text("method", method), Checks.about("methods." + method + ".timeout",
				() -> Checks.positive("methodTimeout " + method, timeout)));
	}

	/** Gives methods the names that {@code resolver} says. */
	public void resolve(UnaryOperator<String> resolver) {
		Map<String, Duration> given = new LinkedHashMap<>(this.ofMethods);
		this.ofMethods.clear();
		given.forEach((method, timeout) -> this.ofMethods.put(resolver.apply(method), timeout));
	}

	/**
	 * Adds what a service says of its methods, by their own names: what is set for one
	 * comes first, and so does what is set for a name that a method has in Java.
	 * @param specs the methods by the names they may be set for
	 */
	public void addDeclared(Map<String, MethodSpec> specs) {
		specs.values().forEach((spec) -> {
			Duration declared = spec.declared().timeout();
			if (declared != null) {
				this.ofMethods.putIfAbsent(spec.name(), declared);
			}
		});
	}

	/** The same but for those of another that may change while the client lives. */
	public Timeouts with(Timeouts changed) {
		Timeouts both = new Timeouts();
		both.connect = this.connect;
		both.closeGrace = this.closeGrace;
		both.total = changed.total;
		both.ofMethods.putAll(changed.ofMethods);
		return both;
	}

	/**
	 * Refuses attempts that may take longer than their call, which would have no effect.
	 */
	public void requireNoLongerAttempts(MethodOptions options) {
		requireNoLonger("", options.ofAll(), this.total);
		options.ofMethods()
			.forEach((method, own) -> requireNoLonger("methods." + method + ".", own,
					this.ofMethods.getOrDefault(method, this.total)));
	}

	private static void requireNoLonger(String prefix, CallOptions options, Duration timeout) {
		AttemptTimeout limit = options.get(AttemptTimeout.KEY);
		if (!limit.isNone() && limit.duration().compareTo(timeout) > 0) {
			throw InvalidSettingException
				.of(prefix + "attempt-timeout", limit.duration(), "at most timeout, which is " + timeout)
				.beside(prefix + "timeout");
		}
	}

	public Map<String, Duration> ofMethods() {
		return this.ofMethods;
	}

}
