package io.scalesrpc.spring.client;

import io.scalesrpc.spring.client.declaration.ClientDeclaration;

import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;

/**
 * Makes the clients when all other beans are there, so that one that cannot be made stops
 * the start and not the first call. Those that are lazy are left alone, and those in
 * whose place a bean of the application is injected; so are all in a context that is only
 * a part of the application, as in a test of a slice. <em>Confined to the thread that
 * starts the application</em>.
 *
 * @param beans the clients
 */
record EagerClients(ConfigurableListableBeanFactory beans) implements SmartInitializingSingleton {

	@Override
	public void afterSingletonsInstantiated() {
		if (this.beans.getBeanProvider(ScalesClientRegistry.class).stream().findAny().isEmpty()) {
			return;
		}
		for (String name : ClientDeclaration.all(this.beans).keySet()) {
			BeanDefinition definition = this.beans.getMergedBeanDefinition(name);
			if (!definition.isLazyInit() && !definition.isFallback()) {
				this.beans.getBean(name);
			}
		}
	}

}
