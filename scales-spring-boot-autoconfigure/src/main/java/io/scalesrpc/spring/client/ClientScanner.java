package io.scalesrpc.spring.client;

import java.util.Collection;

import io.scalesrpc.client.ScalesClient;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.annotation.AnnotatedBeanDefinition;
import org.springframework.beans.factory.config.BeanDefinition;
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

	private final @Nullable ClassLoader classLoader;

	ClientScanner(Environment environment, ResourceLoader resourceLoader) {
		super(false, environment);
		setResourceLoader(resourceLoader);
		addIncludeFilter(new AnnotationTypeFilter(ScalesClient.class, false));
		this.classLoader = resourceLoader.getClassLoader();
	}

	void registerAll(Collection<String> basePackages, ClientDefinitions definitions) {
		for (String basePackage : basePackages) {
			for (BeanDefinition found : findCandidateComponents(basePackage)) {
				definitions
					.register(ClassUtils.resolveClassName(String.valueOf(found.getBeanClassName()), this.classLoader));
			}
		}
	}

	/** Interfaces are no components to Spring, but here they are what is looked for. */
	@Override
	protected boolean isCandidateComponent(AnnotatedBeanDefinition definition) {
		return definition.getMetadata().isIndependent() && !definition.getMetadata().isAnnotation();
	}

}
