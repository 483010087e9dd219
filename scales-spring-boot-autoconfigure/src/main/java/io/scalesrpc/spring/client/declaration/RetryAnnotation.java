package io.scalesrpc.spring.client.declaration;

import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import org.springframework.core.annotation.MergedAnnotation;
import org.springframework.core.annotation.MergedAnnotations;
import org.springframework.core.annotation.MergedAnnotations.SearchStrategy;
import org.springframework.util.ReflectionUtils;

/**
 * An annotation by which some other library calls a method again when it fails. Known by
 * name: the libraries are not needed. <em>Immutable</em>.
 *
 * @param text the annotation and where it stands
 * @param calls how often the method may be called in all, as far as the annotation says
 */
public record RetryAnnotation(String text, long calls) {

	/** A library's own default, where its annotation does not say. */
	private static final long USUAL_CALLS = 3;

	/** The first of a type or its methods, those of its super types included. */
	public static @Nullable RetryAnnotation of(Class<?> type) {
		List<AnnotatedElement> elements = new ArrayList<>(List.of(type));
		elements.addAll(List.of(ReflectionUtils.getUniqueDeclaredMethods(type)));
		for (AnnotatedElement element : elements) {
			RetryAnnotation found = on(element);
			if (found != null) {
				return found;
			}
		}
		return null;
	}

	private static @Nullable RetryAnnotation on(AnnotatedElement element) {
		MergedAnnotations annotations = MergedAnnotations.from(element, SearchStrategy.TYPE_HIERARCHY);
		for (Library library : Library.values()) {
			MergedAnnotation<?> annotation = annotations.get(library.annotation);
			if (annotation.isPresent()) {
				return new RetryAnnotation("@" + library.annotation + " on " + name(element),
						library.calls(annotation));
			}
		}
		return null;
	}

	private static String name(AnnotatedElement element) {
		return (element instanceof Method method) ? method.getDeclaringClass().getSimpleName() + "." + method.getName()
				: ((Class<?>) element).getSimpleName();
	}

	/** Whose annotations are known. <em>Immutable</em>. */
	private enum Library {

		SPRING("org.springframework.resilience.annotation.Retryable", "maxRetries", 1),

		SPRING_RETRY("org.springframework.retry.annotation.Retryable", "maxAttempts", 0),

		RESILIENCE4J("io.github.resilience4j.retry.annotation.Retry", null, 0);

		private final String annotation;

		private final @Nullable String attribute;

		/** What the attribute leaves out. */
		private final int first;

		Library(String annotation, @Nullable String attribute, int first) {
			this.annotation = annotation;
			this.attribute = attribute;
			this.first = first;
		}

		long calls(MergedAnnotation<?> found) {
			if (this.attribute == null) {
				return USUAL_CALLS;
			}
			return found.getValue(this.attribute)
				.map((value) -> ((Number) value).longValue() + this.first)
				.orElse(USUAL_CALLS);
		}

	}

}
