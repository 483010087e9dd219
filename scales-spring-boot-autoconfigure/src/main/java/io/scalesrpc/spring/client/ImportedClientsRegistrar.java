package io.scalesrpc.spring.client;

import io.scalesrpc.spring.client.declaration.InterfaceConditions;

import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.context.annotation.ImportBeanDefinitionRegistrar;
import org.springframework.core.annotation.AnnotationAttributes;
import org.springframework.core.env.Environment;
import org.springframework.core.io.ResourceLoader;
import org.springframework.core.type.AnnotationMetadata;

/**
 * What {@link ImportScalesClients @ImportScalesClients} does. <em>Confined to the thread
 * that starts the application</em>.
 */
final class ImportedClientsRegistrar implements ImportBeanDefinitionRegistrar {

	private final Environment environment;

	private final ResourceLoader resourceLoader;

	ImportedClientsRegistrar(Environment environment, ResourceLoader resourceLoader) {
		this.environment = environment;
		this.resourceLoader = resourceLoader;
	}

	@Override
	public void registerBeanDefinitions(AnnotationMetadata metadata, BeanDefinitionRegistry registry) {
		ClientDefinitions definitions = new ClientDefinitions(registry,
				new InterfaceConditions(registry, this.environment, this.resourceLoader));
		for (AnnotationAttributes annotation : metadata.getMergedRepeatableAnnotationAttributes(
				ImportScalesClients.class, ImportScalesClients.Container.class, false)) {
			for (Class<?> type : annotation.getClassArray("types")) {
				definitions.register(type, annotation.getString("name"), annotation.getClass("service"));
			}
		}
	}

}
