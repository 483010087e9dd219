package io.scalesrpc.spring.test;

import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.test.context.ContextConfigurationAttributes;
import org.springframework.test.context.ContextCustomizer;
import org.springframework.test.context.ContextCustomizerFactory;
import org.springframework.test.context.MergedContextConfiguration;

/**
 * Adds the stubs of a test to its context. Tests with the same stubs share it.
 * <em>Stateless</em>.
 */
final class StubContextCustomizerFactory implements ContextCustomizerFactory {

	@Override
	public @Nullable ContextCustomizer createContextCustomizer(Class<?> test,
			List<ContextConfigurationAttributes> attributes) {
		Map<String, Class<?>> types = StubFields.types(test);
		return types.isEmpty() ? null : new Customizer(types);
	}

	/**
	 * Registers the stubs.
	 *
	 * @param types what their handlers implement
	 */
	private record Customizer(Map<String, Class<?>> types) implements ContextCustomizer {

		@Override
		public void customizeContext(ConfigurableApplicationContext context, MergedContextConfiguration merged) {
			RootBeanDefinition definition = new RootBeanDefinition(Stubs.class,
					() -> new Stubs(this.types, context.getEnvironment()));
			((BeanDefinitionRegistry) context.getBeanFactory()).registerBeanDefinition(Stubs.class.getName(),
					definition);
		}

	}

}
