package io.scalesrpc.spring.client;

import java.util.ArrayList;
import java.util.List;

import io.scalesrpc.spring.client.declaration.ExplicitScan;

import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.context.annotation.ImportBeanDefinitionRegistrar;
import org.springframework.core.annotation.MergedAnnotation;
import org.springframework.core.env.Environment;
import org.springframework.core.io.ResourceLoader;
import org.springframework.core.type.AnnotationMetadata;
import org.springframework.util.ClassUtils;

/**
 * What {@link EnableScalesClients @EnableScalesClients} does. <em>Confined to the thread
 * that starts the application</em>.
 */
final class EnabledClientsRegistrar implements ImportBeanDefinitionRegistrar {

	private final Environment environment;

	private final ResourceLoader resourceLoader;

	EnabledClientsRegistrar(Environment environment, ResourceLoader resourceLoader) {
		this.environment = environment;
		this.resourceLoader = resourceLoader;
	}

	@Override
	public void registerBeanDefinitions(AnnotationMetadata metadata, BeanDefinitionRegistry registry) {
		ClientScanner scanner = new ClientScanner(registry, this.environment, this.resourceLoader);
		scanner.definitions().registerOnce(ExplicitScan.class);
		metadata.getAnnotations()
			.stream(EnableScalesClients.class)
			.forEach((annotation) -> register(annotation, metadata.getClassName(), scanner));
	}

	private static void register(MergedAnnotation<EnableScalesClients> annotation, String className,
			ClientScanner scanner) {
		Class<?>[] clients = annotation.getClassArray("clients");
		for (Class<?> client : clients) {
			scanner.definitions().register(client);
		}
		List<String> packages = new ArrayList<>(List.of(annotation.getStringArray("basePackages")));
		for (Class<?> type : annotation.getClassArray("basePackageClasses")) {
			packages.add(ClassUtils.getPackageName(type));
		}
		if (packages.isEmpty() && clients.length == 0) {
			packages.add(ClassUtils.getPackageName(className));
		}
		scanner.registerAll(packages);
	}

}
