package io.scalesrpc.spring.client;

import java.util.Collection;

import io.scalesrpc.client.ScalesClient;
import io.scalesrpc.spring.client.declaration.InterfaceConditions;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.annotation.AnnotatedBeanDefinition;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.env.Environment;
import org.springframework.core.io.ResourceLoader;
import org.springframework.core.type.filter.AnnotationTypeFilter;
import org.springframework.util.ClassUtils;

/**
 * Finds the annotated interfaces of packages. <em>Confined to the thread that starts the
 * application</em>.
 */
final class ClientScanner extends ClassPathScanningCandidateComponentProvider {

	private final BeanDefinitionRegistry registry;

	private final ClientDefinitions definitions;

	private final @Nullable ClassLoader classLoader;

	/** Creates a scanner that registers what it finds. */
	ClientScanner(BeanDefinitionRegistry registry, Environment environment, ResourceLoader resourceLoader) {
		super(false, environment);
		this.registry = registry;
		this.definitions = new ClientDefinitions(registry,
				new InterfaceConditions(registry, environment, resourceLoader));
		setResourceLoader(resourceLoader);
		addIncludeFilter(new AnnotationTypeFilter(ScalesClient.class));
		this.classLoader = resourceLoader.getClassLoader();
	}

	ClientDefinitions definitions() {
		return this.definitions;
	}

	void registerAll(Collection<String> basePackages) {
		for (String basePackage : basePackages) {
			for (BeanDefinition found : findCandidateComponents(basePackage)) {
				this.definitions
					.register(ClassUtils.resolveClassName(String.valueOf(found.getBeanClassName()), this.classLoader));
			}
		}
	}

	/** What conditions on interfaces may be about. */
	@Override
	protected BeanDefinitionRegistry getRegistry() {
		return this.registry;
	}

	/** Interfaces are no components to Spring, but here they are what is looked for. */
	@Override
	protected boolean isCandidateComponent(AnnotatedBeanDefinition definition) {
		return definition.getMetadata().isIndependent() && !definition.getMetadata().isAnnotation();
	}

}
