package io.scalesrpc.spring.client.declaration;

import java.lang.reflect.Modifier;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

import io.scalesrpc.call.FailureKind;
import io.scalesrpc.client.ScalesClient;
import io.scalesrpc.client.fallback.FallbackFactory;
import io.scalesrpc.client.fallback.FallbackSettings;
import io.scalesrpc.spring.ScalesConfigurationException;
import org.jspecify.annotations.Nullable;

import org.springframework.core.ResolvableType;
import org.springframework.core.annotation.MergedAnnotation;
import org.springframework.core.annotation.MergedAnnotations;

/**
 * What an interface says of its fallback. <em>Immutable</em>.
 *
 * @param type the interface
 * @param annotation says it
 */
public record FallbackDeclaration(Class<?> type, MergedAnnotation<ScalesClient> annotation) {

	/** Null if the interface has no annotation, or one that says nothing of it. */
	public static @Nullable FallbackDeclaration of(Class<?> type) {
		MergedAnnotation<ScalesClient> annotation = MergedAnnotations.from(type).get(ScalesClient.class);
		if (!annotation.isPresent()) {
			return null;
		}
		FallbackDeclaration declaration = new FallbackDeclaration(type, annotation);
		boolean saysNothing = declaration.implementation() == void.class && declaration.kinds().isEmpty();
		return saysNothing ? null : declaration;
	}

	boolean isFactory() {
		return factory() != void.class;
	}

	/** The fallback or its factory; {@code void} if there is neither. */
	public Class<?> implementation() {
		return isFactory() ? factory() : fallback();
	}

	/** The fallback; {@code void} if there is none. */
	public Class<?> fallback() {
		return this.annotation.getClass("fallback");
	}

	private Class<?> factory() {
		return this.annotation.getClass("fallbackFactory");
	}

	private List<FailureKind> kinds() {
		return List.of(this.annotation.getEnumArray("fallbackOn", FailureKind.class));
	}

	Set<FailureKind> on() {
		List<FailureKind> kinds = kinds();
		return kinds.isEmpty() ? FallbackSettings.DEFAULT_ON : EnumSet.copyOf(kinds);
	}

	/** Refuses what does not fit, with its remedy. */
	void check(String client) {
		Class<?> implementation = implementation();
		if (implementation == void.class) {
			throw problem(client,
					"fallbackOn of " + this.type.getName() + ": " + on()
							+ " (expected: none without fallback or fallbackFactory)",
					"Name a fallback, or remove fallbackOn.");
		}
		if (isFactory() && fallback() != void.class) {
			throw problem(client,
					this.type.getName() + " names a fallback, " + fallback().getName() + ", and a fallbackFactory, "
							+ implementation.getName() + " (expected: one of both)",
					"Remove one of them from its @ScalesClient.");
		}
		if (isFactory()) {
			require(makesTheType(implementation), client, "fallbackFactory", implementation,
					"implements FallbackFactory<" + this.type.getSimpleName() + ">");
		}
		else {
			require(this.type.isAssignableFrom(implementation), client, "fallback", implementation,
					"implements the interface");
		}
		require(!Modifier.isAbstract(implementation.getModifiers()), client, "fallback", implementation,
				"can be made: neither an interface nor abstract");
	}

	private boolean makesTheType(Class<?> factory) {
		if (!FallbackFactory.class.isAssignableFrom(factory)) {
			return false;
		}
		Class<?> made = ResolvableType.forClass(factory).as(FallbackFactory.class).getGeneric(0).resolve();
		return made == null || this.type.isAssignableFrom(made);
	}

	private void require(boolean holds, String client, String attribute, Class<?> found, String expected) {
		if (!holds) {
			throw problem(client,
					attribute + " of " + this.type.getName() + ": " + found.getName() + " (expected: a class that "
							+ expected + ")",
					"Change " + found.getName() + ", or the @ScalesClient of " + this.type.getName() + ".");
		}
	}

	ScalesConfigurationException problem(String client, String reason, String remedy) {
		return new ScalesConfigurationException(client, null, reason, remedy, null);
	}

}
