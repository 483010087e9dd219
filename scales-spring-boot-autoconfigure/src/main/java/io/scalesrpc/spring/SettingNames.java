package io.scalesrpc.spring;

import java.util.Locale;
import java.util.Map;

/**
 * What settings of the core are called in a configuration: the same, with hyphens, but
 * for a few. <em>Stateless</em>.
 */
public final class SettingNames {

	/** The exceptions; all else is a name of the core in lower case with hyphens. */
	private static final Map<String, String> EXCEPTIONS = Map.of("balancer.aperture.low", "balancer.aperture.low-load",
			"balancer.aperture.high", "balancer.aperture.high-load", "limits.max-frame-bytes", "limits.max-frame-size",
			"limits.max-write-queue-bytes", "limits.max-write-queue-size", "chaos.nack-percent", "chaos.nack.percent",
			"tls", "ssl.bundle", "tls.verify-hostname", "ssl.verify-hostname", "tls.server-name", "ssl.server-name");

	/** What is of another name inside a circuit breaker, of a client or a method. */
	private static final String SLOW_CALLS = "circuit-breaker.slow-calls.";

	private SettingNames() {
	}

	/**
	 * The property below a client.
	 * @param path the names of the core, such as {@code retry.backoff.maxDelay}
	 * @return for example {@code retry.backoff.max-delay}
	 */
	public static String property(String path) {
		if (path.indexOf('[') >= 0) {
			return path;
		}
		int end = prefix(path);
		String name = path.substring(end).replaceAll("([a-z])([A-Z])", "$1-$2").toLowerCase(Locale.ROOT);
		return path.substring(0, end)
				+ EXCEPTIONS.getOrDefault(name, name.replace(SLOW_CALLS, "circuit-breaker.slow-call."));
	}

	/** The name of a method is not ours to change. */
	private static int prefix(String path) {
		return path.startsWith("methods.") ? path.indexOf('.', "methods.".length()) + 1 : 0;
	}

}
