package io.scalesrpc.spring.client;

import java.lang.reflect.Modifier;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

import io.scalesrpc.call.FailureKind;
import io.scalesrpc.client.FallbackFactory;
import io.scalesrpc.client.FallbackSettings;
import io.scalesrpc.client.ScalesClient;
import io.scalesrpc.spring.ScalesConfigurationException;
import org.jspecify.annotations.Nullable;

import org.springframework.core.ResolvableType;

/**
 * What an interface says of its fallback. <em>Immutable</em>.
 *
 * @param type the interface
 * @param annotation says it
 */
record FallbackDeclaration(Class<?> type, ScalesClient annotation) {

	/** Null if the interface has no annotation, or one that says nothing of it. */
	static @Nullable FallbackDeclaration of(Class<?> type) {
		ScalesClient annotation = type.getAnnotation(ScalesClient.class);
		if (annotation == null || (annotation.fallback() == void.class && annotation.fallbackFactory() == void.class
				&& annotation.fallbackOn().length == 0)) {
			return null;
		}
		return new FallbackDeclaration(type, annotation);
	}

	boolean isFactory() {
		return this.annotation.fallbackFactory() != void.class;
	}

	/** The fallback or its factory; {@code void} if there is neither. */
	Class<?> implementation() {
		return isFactory() ? this.annotation.fallbackFactory() : this.annotation.fallback();
	}

	Set<FailureKind> on() {
		List<FailureKind> kinds = List.of(this.annotation.fallbackOn());
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
		if (isFactory() && this.annotation.fallback() != void.class) {
			throw problem(client,
					this.type.getName() + " names a fallback, " + this.annotation.fallback().getName()
							+ ", and a fallbackFactory, " + implementation.getName() + " (expected: one of both)",
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
