package io.scalesrpc.spring.client;

import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

import io.scalesrpc.call.CallFilter;
import io.scalesrpc.protocol.NearestName;
import io.scalesrpc.spring.ScalesConfigurationException;
import io.scalesrpc.spring.client.settings.ConfiguredClients;
import io.scalesrpc.spring.client.settings.Mistakes;
import org.jspecify.annotations.Nullable;

import org.springframework.aop.scope.ScopedProxyUtils;
import org.springframework.beans.factory.BeanFactoryUtils;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.core.annotation.AnnotationUtils;

/**
 * The filters of the application and the clients that they are for. <em>Thread-safe</em>.
 */
final class FilterBeans {

	private final ListableBeanFactory beans;

	private final KnownBeans<String[]> names;

	FilterBeans(ListableBeanFactory beans) {
		this.beans = beans;
		this.names = new KnownBeans<>(beans,
				() -> BeanFactoryUtils.beanNamesForTypeIncludingAncestors(beans, CallFilter.class, true, false));
	}

	/** Those of a client, in the order of {@code @Order}. */
	List<CallFilter> of(String client) {
		Set<Object> others = Collections.newSetFromMap(new IdentityHashMap<>());
		for (String name : names()) {
			ScalesClientFilter scope = scope(name);
			if (scope != null && this.beans.isSingleton(name) && !isFor(scope, client)) {
				others.add(this.beans.getBean(name));
			}
		}
		return this.beans.getBeanProvider(CallFilter.class)
			.orderedStream()
			.filter((filter) -> !others.contains(filter) && isForByClass(filter, client))
			.toList();
	}

	/** One that is made anew for whoever asks is known by its class alone. */
	private static boolean isForByClass(CallFilter filter, String client) {
		ScalesClientFilter scope = AnnotationUtils.findAnnotation(filter.getClass(), ScalesClientFilter.class);
		return scope == null || isFor(scope, client);
	}

	private static boolean isFor(ScalesClientFilter scope, String client) {
		return Arrays.stream(scope.value()).anyMatch((name) -> ConfiguredClients.isSame(name, client));
	}

	/**
	 * Names of clients that are none: such a filter would do nothing, in silence. And
	 * those that would be for all clients: what a bean method says of a filter that is
	 * made anew for whoever asks is not to be seen on it.
	 */
	void check(Collection<String> clients, Mistakes mistakes) {
		for (String name : names()) {
			ScalesClientFilter scope = scope(name);
			if (scope != null) {
				if (!ScopedProxyUtils.isScopedTarget(name) && !this.beans.isSingleton(name) && !isOnClass(name)) {
					mistakes.add(new ScalesConfigurationException(scope.value()[0], null,
							"the filter '" + name + "': @ScalesClientFilter on its bean method (expected: on its class,"
									+ " since it is no singleton)",
							"Make it a singleton, or move the annotation to its class.", null));
				}
				Arrays.stream(scope.value())
					.filter((named) -> clients.stream().noneMatch((client) -> ConfiguredClients.isSame(named, client)))
					.forEach((named) -> mistakes.add(unknown(name, named, clients)));
			}
		}
	}

	private boolean isOnClass(String name) {
		Class<?> type = this.beans.getType(name);
		return type != null && AnnotationUtils.findAnnotation(type, ScalesClientFilter.class) != null;
	}

	private static ScalesConfigurationException unknown(String bean, String named, Collection<String> clients) {
		List<String> nearest = NearestName.all(named, clients, 1);
		return new ScalesConfigurationException(named, null,
				"the filter '" + bean + "': @ScalesClientFilter(\"" + named + "\"): no client has this name (expected: "
						+ (clients.isEmpty() ? "one that an interface names" : "one of " + clients) + ")",
				nearest.isEmpty() ? "Write the name of a client as its @ScalesClient has it."
						: "Did you mean '" + nearest.get(0) + "'?",
				null);
	}

	private String[] names() {
		return this.names.get();
	}

	private @Nullable ScalesClientFilter scope(String name) {
		return this.beans.findAnnotationOnBean(name, ScalesClientFilter.class, false);
	}

}
