package io.scalesrpc.client;

import java.lang.reflect.Method;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

import io.scalesrpc.call.Checks;
import io.scalesrpc.call.MethodSpec;

/**
 * The settings that say how long things may take. <em>Confined to the thread that
 * builds.</em>
 */
final class Timeouts {

	private final Map<String, Duration> ofMethods = new LinkedHashMap<>();

	private Duration total = Duration.ofSeconds(10);

	private Duration connect = Duration.ofSeconds(1);

	private Duration closeGrace = Duration.ofSeconds(10);

	void total(Duration timeout) {
		this.total = Checks.positive("timeout", timeout);
	}

	Duration total() {
		return this.total;
	}

	void connect(Duration timeout) {
		this.connect = Checks.positive("connectTimeout", timeout);
	}

	Duration connect() {
		return this.connect;
	}

	void closeGrace(Duration grace) {
		Checks.require(!grace.isNegative() && grace.compareTo(Duration.ofDays(1)) <= 0, "closeGrace", grace,
				"0 to 1 day");
		this.closeGrace = grace;
	}

	Duration closeGrace() {
		return this.closeGrace;
	}

	void ofMethod(String method, Duration timeout) {
		this.ofMethods.put(Checks.text("method", method), Checks.positive("methodTimeout " + method, timeout));
	}

	Map<String, Duration> ofMethods() {
		return this.ofMethods;
	}

	/**
	 * Refuses timeouts of methods that neither the interface nor its service has; those
	 * the interface lacks may be methods of another interface of the same client.
	 */
	void check(Map<Method, ? extends MethodSpec> bound, Collection<? extends MethodSpec> ofService) {
		SortedSet<String> known = new TreeSet<>();
		bound.keySet().forEach((method) -> known.add(method.getName()));
		ofService.forEach((method) -> known.add(method.name()));
		for (String method : this.ofMethods.keySet()) {
			Checks.require(known.contains(method), "methodTimeout", method, "one of " + known);
		}
	}

}
