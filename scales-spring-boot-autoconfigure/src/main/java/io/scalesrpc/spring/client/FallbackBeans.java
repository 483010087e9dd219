package io.scalesrpc.spring.client;

import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.BeanFactoryUtils;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.config.ConstructorArgumentValues.ValueHolder;

/**
 * Takes care that the bean of a fallback, which implements the interface of its client,
 * is never injected in the place of the client: it becomes what Spring calls a fallback,
 * too. Where its own class is asked for, it is still found. <em>Stateless</em>.
 */
final class FallbackBeans implements BeanFactoryPostProcessor {

	@Override
	public void postProcessBeanFactory(ConfigurableListableBeanFactory beans) {
		for (String name : beans.getBeanNamesForType(ScalesClientFactoryBean.class, true, false)) {
			Class<?> type = type(beans.getMergedBeanDefinition(BeanFactoryUtils.transformedBeanName(name)));
			FallbackDeclaration declaration = (type != null) ? FallbackDeclaration.of(type) : null;
			if (declaration != null && declaration.annotation().fallback() != void.class) {
				mark(beans, declaration.annotation().fallback());
			}
		}
	}

	private static @Nullable Class<?> type(BeanDefinition client) {
		ValueHolder holder = client.getConstructorArgumentValues().getIndexedArgumentValue(0, Class.class);
		return (holder != null && holder.getValue() instanceof Class<?> type) ? type : null;
	}

	private static void mark(ConfigurableListableBeanFactory beans, Class<?> fallback) {
		if (fallback.isInterface()) {
			return;
		}
		for (String name : beans.getBeanNamesForType(fallback, true, false)) {
			if (beans.containsBeanDefinition(name)) {
				beans.getBeanDefinition(name).setFallback(true);
			}
		}
	}

}
