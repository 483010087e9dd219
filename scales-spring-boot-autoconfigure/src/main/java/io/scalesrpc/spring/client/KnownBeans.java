package io.scalesrpc.spring.client;

import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ListableBeanFactory;

/**
 * What is found by a look at all beans of a context. It is looked for again when beans
 * were defined since, and not for each client. <em>Thread-safe</em>.
 *
 * @param <T> what is found
 */
final class KnownBeans<T> {

	private final ListableBeanFactory beans;

	private final Supplier<T> search;

	private volatile @Nullable Found<T> found;

	KnownBeans(ListableBeanFactory beans, Supplier<T> search) {
		this.beans = beans;
		this.search = search;
	}

	T get() {
		int defined = this.beans.getBeanDefinitionCount();
		Found<T> known = this.found;
		if (known == null || known.defined != defined) {
			known = new Found<>(defined, this.search.get());
			this.found = known;
		}
		return known.value;
	}

	/**
	 * What was found, and how many beans were defined then. <em>Immutable</em>.
	 */
	private record Found<T>(int defined, T value) {
	}

}
