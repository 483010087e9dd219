package io.scalesrpc.spring.health;

import java.time.Duration;

import io.scalesrpc.discovery.SourceStatus;
import org.jspecify.annotations.Nullable;

/**
 * What is wrong with a source of members, in words. <em>Stateless</em>.
 */
final class SourceProblem {

	/** Twenty polls of a registry, ten of a name server. */
	static final Duration OLD = Duration.ofMinutes(5);

	private SourceProblem() {
	}

	/** The text, or {@code null} if the members are known well enough. */
	static @Nullable String of(SourceStatus source) {
		Duration age = source.age();
		if (age == null) {
			return withReason("the source has not answered yet", source);
		}
		return (age.compareTo(OLD) > 0) ? withReason("the source last answered " + age.toSeconds() + " s ago", source)
				: null;
	}

	private static String withReason(String text, SourceStatus source) {
		return (source.lastError() != null) ? text + ": " + source.lastError() : text;
	}

}
