package io.scalesrpc.spring.http;

import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.net.URI;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.scalesrpc.spring.ScalesConfigurationException;
import io.scalesrpc.spring.SettingLocator;
import org.jspecify.annotations.Nullable;

import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.util.ClassUtils;
import org.springframework.util.StringValueResolver;
import org.springframework.web.service.annotation.HttpExchange;

/**
 * Refuses an interface whose methods would fail when they are called, with the remedy.
 * <em>Immutable</em>.
 *
 * @param description the interface
 * @param client the name of its client
 */
record HttpInterfaceCheck(HttpInterface description, String client) {

	private static final Pattern SERVER = Pattern.compile("([a-zA-Z][\\w+.-]*://[^/?#]*).*");

	/** A method without annotation is no request, and nobody else would implement it. */
	void requireRequestsOnly() {
		SortedSet<String> others = this.description.others();
		if (!others.isEmpty()) {
			throw problem("methods without @HttpExchange: " + others + " (expected: none beside those that have it)",
					"Give them @GetExchange, @PostExchange or another @HttpExchange annotation, make them default"
							+ " methods, or move them to an interface of their own.");
		}
	}

	/** Somebody has to wait for every answer then. */
	ScalesConfigurationException withoutWebFlux() {
		return problem(
				"methods that do not wait: " + this.description.asynchronous()
						+ " (expected: spring-webflux on the class path for futures, Mono and Flux)",
				"Add spring-webflux, for example with spring-boot-starter-webclient, or let the methods return their"
						+ " results themselves.");
	}

	/** Spring makes Monos of functions that suspend, and Flows of Fluxes. */
	void requireCoroutines() {
		requireCoroutines((name) -> ClassUtils.isPresent(name, this.description.type().getClassLoader()));
	}

	void requireCoroutines(Predicate<String> present) {
		SortedSet<String> ofKotlin = new TreeSet<>(this.description.suspending());
		ofKotlin.addAll(this.description.flows());
		boolean there = present.test("kotlinx.coroutines.reactor.MonoKt")
				&& present.test("kotlin.reflect.full.KClasses");
		if (!ofKotlin.isEmpty() && !there) {
			throw problem(
					"functions of Kotlin that suspend, or return a Flow: " + ofKotlin
							+ " (expected: kotlinx-coroutines-reactor and kotlin-reflect on the class path)",
					"Add org.jetbrains.kotlinx:kotlinx-coroutines-reactor and org.jetbrains.kotlin:kotlin-reflect, or"
							+ " let the functions return their results themselves.");
		}
		if (!this.description.suspending().isEmpty() && !this.description.waiting().isEmpty()) {
			throw problem(
					"functions that suspend: " + this.description.suspending() + ", beside some that block: "
							+ this.description.waiting() + " (expected: one kind; Spring has no proxy for both)",
					"Make all of them suspend functions, or give those that block an interface of their own with the"
							+ " same client.");
		}
	}

	/** What a parameter stands for is told by its annotation or by its own name. */
	void requireNames() {
		SortedSet<String> nameless = this.description.nameless();
		if (!nameless.isEmpty()) {
			throw problem("parameters without names: " + nameless
					+ " (expected: a name in their annotation, or the names that the compiler keeps with -parameters)",
					"Compile with -parameters, as the plugins of Spring Boot do, or write the names:"
							+ " @PathVariable(\"id\").");
		}
	}

	/**
	 * Which server is asked is the client's to say.
	 * @param placeholders resolves those in annotations
	 * @param rule throws for a URI that is meant for another server
	 */
	void requireOwnServer(StringValueResolver placeholders, Consumer<URI> rule) {
		requireOwnServer(this.description.type(), "", placeholders, rule);
		for (Method method : this.description.requests()) {
			requireOwnServer(method, method.getName() + ": ", placeholders, rule);
		}
	}

	private void requireOwnServer(AnnotatedElement element, String subject, StringValueResolver placeholders,
			Consumer<URI> rule) {
		HttpExchange annotation = AnnotatedElementUtils.findMergedAnnotation(element, HttpExchange.class);
		String url = (annotation != null) ? placeholders.resolveStringValue(annotation.url()) : null;
		Matcher server = SERVER.matcher((url != null) ? url : "");
		try {
			if (server.matches()) {
				rule.accept(URI.create(server.group(1)));
			}
		}
		catch (IllegalArgumentException ex) {
			throw problem(subject + ex.getMessage(), "Write a path alone; the servers are those of '"
					+ SettingLocator.property(this.client, "uri") + "'.", ex);
		}
	}

	private ScalesConfigurationException problem(String reason, String remedy) {
		return problem(reason, remedy, null);
	}

	private ScalesConfigurationException problem(String reason, String remedy, @Nullable Throwable cause) {
		return new ScalesConfigurationException(this.client, null,
				"the interface " + this.description.type().getName() + ": " + reason, remedy, cause);
	}

}
