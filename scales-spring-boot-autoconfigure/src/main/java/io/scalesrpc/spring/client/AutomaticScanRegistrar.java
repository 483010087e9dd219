package io.scalesrpc.spring.client;

import io.scalesrpc.spring.client.declaration.ExplicitScan;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.boot.autoconfigure.AutoConfigurationPackages;
import org.springframework.context.annotation.ImportBeanDefinitionRegistrar;
import org.springframework.core.env.Environment;
import org.springframework.core.io.ResourceLoader;
import org.springframework.core.type.AnnotationMetadata;

/**
 * Searches the application's own packages, unless the application says where to search.
 * <em>Confined to the thread that starts the application</em>.
 */
final class AutomaticScanRegistrar implements ImportBeanDefinitionRegistrar {

	private final BeanFactory beanFactory;

	private final Environment environment;

	private final ResourceLoader resourceLoader;

	AutomaticScanRegistrar(BeanFactory beanFactory, Environment environment, ResourceLoader resourceLoader) {
		this.beanFactory = beanFactory;
		this.environment = environment;
		this.resourceLoader = resourceLoader;
	}

	@Override
	public void registerBeanDefinitions(AnnotationMetadata metadata, BeanDefinitionRegistry registry) {
		if (!registry.containsBeanDefinition(ExplicitScan.class.getName())
				&& AutoConfigurationPackages.has(this.beanFactory)) {
			new ClientScanner(registry, this.environment, this.resourceLoader)
				.registerAll(AutoConfigurationPackages.get(this.beanFactory));
		}
	}

}
