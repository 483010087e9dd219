package io.scalesrpc.spring.client.declaration;

import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.core.annotation.AnnotationUtils;
import org.springframework.core.annotation.MergedAnnotations;

/**
 * Which bean is injected where several have the interface of a client. Each client has
 * its name as a qualifier. The bean of a fallback, which implements the interface, is
 * never injected in the place of the client: it becomes what Spring calls a fallback,
 * too; where its own class is asked for, it is still found. Any other bean of the
 * application that has the interface is injected in the place of the client, which is
 * left to those that ask for it by name: a decorator, for instance. <em>Stateless</em>.
 */
public final class ClientCandidates implements BeanFactoryPostProcessor {

	private static final Logger logger = LoggerFactory.getLogger(ClientCandidates.class);

	@Override
	public void postProcessBeanFactory(ConfigurableListableBeanFactory beans) {
		Map<String, ClientDeclaration<?>> clients = ClientDeclaration.all(beans);
		Set<String> known = new HashSet<>(clients.keySet());
		clients.forEach((name, client) -> known.addAll(markFallback(beans, client.type())));
		clients.forEach((name, client) -> {
			if (beans.containsBeanDefinition(name)) {
				BeanDefinition definition = beans.getBeanDefinition(name);
				qualify(definition, client);
				String own = own(beans, client.type(), known);
				if (own != null && !definition.isPrimary()) {
					definition.setFallback(true);
					logger.info("Bean '{}' is injected in the place of client '{}', since both are {}", own,
							client.client(), client.type().getName());
				}
			}
		});
	}

	private static Set<String> markFallback(ConfigurableListableBeanFactory beans, Class<?> type) {
		FallbackDeclaration declaration = FallbackDeclaration.of(type);
		Class<?> fallback = (declaration != null) ? declaration.fallback() : void.class;
		if (fallback == void.class || fallback.isInterface()) {
			return Set.of();
		}
		Set<String> names = Set.of(beans.getBeanNamesForType(fallback, true, false));
		names.stream()
			.filter(beans::containsBeanDefinition)
			.forEach((name) -> beans.getBeanDefinition(name).setFallback(true));
		return names;
	}

	/**
	 * Beside the name of the bean, and unless the interface has a qualifier of its own.
	 */
	private static void qualify(BeanDefinition definition, ClientDeclaration<?> client) {
		if (definition instanceof RootBeanDefinition root
				&& !MergedAnnotations.from(client.type()).isPresent(Qualifier.class)) {
			root.setQualifiedElement(new Qualified(new Annotation[] {
					AnnotationUtils.synthesizeAnnotation(Map.of("value", client.client()), Qualifier.class, null) }));
		}
	}

	private static @Nullable String own(ConfigurableListableBeanFactory beans, Class<?> type, Set<String> known) {
		for (String name : beans.getBeanNamesForType(type, true, false)) {
			if (!known.contains(name) && beans.containsBeanDefinition(name)
					&& beans.getBeanDefinition(name).isAutowireCandidate()
					&& !beans.getBeanDefinition(name).isFallback()) {
				return name;
			}
		}
		return null;
	}

	/**
	 * Stands for an interface that had the annotations. <em>Immutable</em>.
	 *
	 * @param getDeclaredAnnotations the annotations
	 */
	@SuppressWarnings("ArrayRecordComponent")
	private record Qualified(Annotation[] getDeclaredAnnotations) implements AnnotatedElement {

		@Override
		public <A extends Annotation> @Nullable A getAnnotation(Class<A> type) {
			for (Annotation annotation : this.getDeclaredAnnotations) {
				if (annotation.annotationType().equals(type)) {
					return type.cast(annotation);
				}
			}
			return null;
		}

		@Override
		public Annotation[] getAnnotations() {
			return this.getDeclaredAnnotations;
		}

	}

}
