package io.scalesrpc.client;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

import io.scalesrpc.call.CallOptions;
import io.scalesrpc.call.MethodSpec;
import io.scalesrpc.circuitbreaker.CircuitBreakers;
import io.scalesrpc.client.proxy.MethodTerms;
import io.scalesrpc.hedging.HedgingSettings;
import org.jspecify.annotations.Nullable;

/**
 * The settings of a client in effect, and what they say about the calls of its methods.
 * They change as a whole. <em>Thread-safe</em>: a call costs one volatile read.
 */
final class LiveSettings {

	private final CircuitBreakers breakers;

	/**
	 * By their names in Java, of their services and on the wire. Proxies may be many and
	 * come and go; methods are few.
	 */
	private final Map<List<String>, OfMethod> methods = new ConcurrentHashMap<>();

	private volatile Version now;

	/**
	 * Creates the settings to begin with.
	 * @param settings tell how calls are to be treated
	 * @param breakers tell which of them is in charge of a method
	 */
	LiveSettings(ClientSettings settings, CircuitBreakers breakers) {
		this.now = new Version(settings);
		this.breakers = breakers;
	}

	ClientSettings now() {
		return this.now.settings;
	}

	void become(ClientSettings changed) {
		this.now = new Version(changed);
	}

	/**
	 * What is said about a method, worked out anew when it changes.
	 * @throws IllegalArgumentException if the settings do not fit the method
	 */
	Supplier<MethodTerms> of(String javaName, MethodSpec spec) {
		requireFit(this.now.settings, javaName, spec);
		OfMethod method = new OfMethod(javaName, spec);
		this.methods.putIfAbsent(List.of(javaName, spec.service(), spec.name()), method);
		return method;
	}

	/**
	 * Looks whether settings fit all methods that were ever asked for, of whatever
	 * interface.
	 * @throws IllegalArgumentException if they do not fit one
	 */
	void requireFit(ClientSettings settings) {
		this.methods.values().forEach((method) -> requireFit(settings, method.javaName, method.spec));
	}

	private static void requireFit(ClientSettings settings, String javaName, MethodSpec spec) {
		CallOptions own = own(settings, javaName, spec);
		HedgingSettings.requireFit(javaName, spec, own, settings.options().withAll(own));
	}

	/** The name in Java tells methods of several interfaces apart, so it comes first. */
	private static CallOptions own(ClientSettings settings, String javaName, MethodSpec spec) {
		Map<String, CallOptions> ofMethods = settings.methodOptions();
		return ofMethods.getOrDefault(spec.name(), CallOptions.NONE)
			.withAll(ofMethods.getOrDefault(javaName, CallOptions.NONE));
	}

	/** What one method has. <em>Thread-safe</em>. */
	private final class OfMethod implements Supplier<MethodTerms> {

		private final String javaName;

		private final MethodSpec spec;

		private volatile @Nullable Made made;

		OfMethod(String javaName, MethodSpec spec) {
			this.javaName = javaName;
			this.spec = spec;
		}

		@Override
		public MethodTerms get() {
			Version version = LiveSettings.this.now;
			Made known = this.made;
			if (known == null || known.version != version) {
				known = new Made(version, make(version.settings));
				this.made = known;
			}
			return known.terms;
		}

		private MethodTerms make(ClientSettings settings) {
			Map<String, Duration> timeouts = settings.methodTimeouts();
			Duration byWireName = timeouts.getOrDefault(this.spec.name(), settings.timeout());
			CallOptions all = settings.options()
				.withAll(own(settings, this.javaName, this.spec))
				.withAll(LiveSettings.this.breakers.inCharge(this.javaName, this.spec.name()));
			return new MethodTerms(timeouts.getOrDefault(this.javaName, byWireName), all);
		}

	}

	/** Settings that are those and no others, equal or not. <em>Immutable</em>. */
	private static final class Version {

		private final ClientSettings settings;

		Version(ClientSettings settings) {
			this.settings = settings;
		}

	}

	/**
	 * What was made of settings. <em>Immutable</em>.
	 *
	 * @param version the settings
	 * @param terms what they say
	 */
	private record Made(Version version, MethodTerms terms) {
	}

}
