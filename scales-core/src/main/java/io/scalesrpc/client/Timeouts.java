package io.scalesrpc.client;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

import io.scalesrpc.call.Checks;

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

}
