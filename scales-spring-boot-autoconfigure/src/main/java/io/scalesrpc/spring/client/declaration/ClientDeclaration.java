package io.scalesrpc.spring.client.declaration;

import java.util.LinkedHashMap;
import java.util.Map;

import io.scalesrpc.spring.GeneratedService;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.BeanFactoryUtils;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.config.ConstructorArgumentValues.ValueHolder;

/**
 * An interface that stands for a client. <em>Immutable</em>.
 *
 * @param client the client's name
 * @param type the interface
 * @param service the generated class of the service, if the interface's annotation names
 * it
 * @param <T> the interface
 */
public record ClientDeclaration<T>(String client, Class<T> type, @Nullable Class<?> service) {

	/** What a bean definition says; null if it is not that of a client. */
	public static @Nullable ClientDeclaration<?> of(BeanDefinition definition) {
		if (argument(definition, 0) instanceof Class<?> type && argument(definition, 1) instanceof String client) {
			Object service = argument(definition, 2);
			return new ClientDeclaration<>(client, type,
					(service instanceof Class<?> named && named != void.class) ? named : null);
		}
		return null;
	}

	private static @Nullable Object argument(BeanDefinition definition, int index) {
		ValueHolder holder = definition.getConstructorArgumentValues().getIndexedArgumentValue(index, null);
		return (holder != null) ? holder.getValue() : null;
	}

	/**
	 * What the beans of a factory say, by their names. Makes no bean that is defined as
	 * clients are.
	 */
	public static Map<String, ClientDeclaration<?>> all(ConfigurableListableBeanFactory beans) {
		Map<String, ClientDeclaration<?>> all = new LinkedHashMap<>();
		for (String factory : beans.getBeanNamesForType(Source.class, true, false)) {
			String name = BeanFactoryUtils.transformedBeanName(factory);
			ClientDeclaration<?> declaration = beans.containsBeanDefinition(name)
					? of(beans.getMergedBeanDefinition(name)) : null;
			all.put(name, (declaration != null) ? declaration : beans.getBean(factory, Source.class).declaration());
		}
		return all;
	}

	/**
	 * How well this one tells what the whole service is: the first proxy of a client
	 * decides which methods a timeout can be set for.
	 */
	public int breadth() {
		boolean tellsService = this.service != null || GeneratedService.of(this.type) != null;
		return this.type.getMethods().length + (tellsService ? 1000 : 0);
	}

	/**
	 * A bean that stands for a client and is not defined as others are.
	 * <em>Thread-safe</em>.
	 */
	public interface Source {

		/**
		 * The client it stands for.
		 * @return its declaration
		 */
		ClientDeclaration<?> declaration();

	}

}
