package io.scalesrpc.spring.client;

import java.beans.Introspector;

import io.scalesrpc.client.ScalesClient;

import org.springframework.beans.factory.BeanDefinitionStoreException;
import org.springframework.beans.factory.FactoryBean;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.core.ResolvableType;
import org.springframework.util.ClassUtils;

/**
 * Registers bean definitions of client interfaces. A bean is named like a component: the
 * simple name with its first letter in lower case, or the full name if that is taken.
 * <em>Confined to the thread that starts the application</em>.
 *
 * @param registry where definitions go
 */
record ClientDefinitions(BeanDefinitionRegistry registry) {

	/** Registers an interface by its annotation. */
	void register(Class<?> type) {
		ScalesClient annotation = type.getAnnotation(ScalesClient.class);
		if (annotation == null) {
			throw new BeanDefinitionStoreException("clients: " + type.getName()
					+ " (expected: an interface with @ScalesClient, or @ImportScalesClients to name its client)");
		}
		register(type, annotation.value(), annotation.service());
	}

	void register(Class<?> type, String client, Class<?> service) {
		if (!type.isInterface()) {
			throw new BeanDefinitionStoreException(type.getName() + ": a class (expected: an interface for client '"
					+ client + "'; a client is called through an interface)");
		}
		RootBeanDefinition definition = new RootBeanDefinition(ScalesClientFactoryBean.class);
		definition.setTargetType(ResolvableType.forClassWithGenerics(ScalesClientFactoryBean.class, type));
		definition.setAttribute(FactoryBean.OBJECT_TYPE_ATTRIBUTE, type);
		definition.getConstructorArgumentValues().addIndexedArgumentValue(0, type);
		definition.getConstructorArgumentValues().addIndexedArgumentValue(1, client);
		definition.getConstructorArgumentValues().addIndexedArgumentValue(2, service);
		String name = Introspector.decapitalize(ClassUtils.getShortName(type));
		if (!this.registry.containsBeanDefinition(name)) {
			this.registry.registerBeanDefinition(name, definition);
		}
		else if (!isFor(this.registry.getBeanDefinition(name), type)) {
			this.registry.registerBeanDefinition(type.getName(), definition);
		}
	}

	/**
	 * The same interface may be found twice: by two annotations with a common package.
	 */
	private static boolean isFor(BeanDefinition existing, Class<?> type) {
		return type.equals(existing.getAttribute(FactoryBean.OBJECT_TYPE_ATTRIBUTE));
	}

}
