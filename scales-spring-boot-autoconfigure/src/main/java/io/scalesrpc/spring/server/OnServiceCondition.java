package io.scalesrpc.spring.server;

import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.annotation.AnnotatedBeanDefinition;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.ConfigurationCondition;
import org.springframework.core.type.AnnotatedTypeMetadata;
import org.springframework.core.type.MethodMetadata;

/**
 * Whether the context has a bean with {@link ScalesService} of its own. Those of Spring
 * Boot have none and are not asked: most applications serve nothing, and to look for an
 * annotation in every class of Spring Boot takes longer than all else that is done for a
 * server that is not there. <em>Thread-safe</em>.
 */
final class OnServiceCondition extends SpringBootCondition implements ConfigurationCondition {

	@Override
	public ConfigurationPhase getConfigurationPhase() {
		return ConfigurationPhase.REGISTER_BEAN;
	}

	@Override
	public ConditionOutcome getMatchOutcome(ConditionContext context, AnnotatedTypeMetadata metadata) {
		ConditionMessage.Builder message = ConditionMessage.forCondition("Service");
		ConfigurableListableBeanFactory beans = context.getBeanFactory();
		String service = (beans != null) ? service(beans) : null;
		return (service != null) ? ConditionOutcome.match(message.found("bean").items(service))
				: ConditionOutcome.noMatch(message.didNotFind("a bean with @ScalesService").atAll());
	}

	private static @Nullable String service(ConfigurableListableBeanFactory beans) {
		for (String name : beans.getBeanDefinitionNames()) {
			if (!isOfSpringBoot(beans.getBeanDefinition(name)) && isService(beans, name)) {
				return name;
			}
		}
		// What was put there ready made.
		for (String name : beans.getSingletonNames()) {
			if (!beans.containsBeanDefinition(name) && isService(beans, name)) {
				return name;
			}
		}
		return null;
	}

	private static boolean isService(ConfigurableListableBeanFactory beans, String name) {
		return beans.findAnnotationOnBean(name, ScalesService.class, false) != null;
	}

	/** By what is known of it without its class. */
	private static boolean isOfSpringBoot(BeanDefinition definition) {
		if (!(definition instanceof AnnotatedBeanDefinition annotated)) {
			return false;
		}
		MethodMetadata method = annotated.getFactoryMethodMetadata();
		String place = (method != null) ? method.getDeclaringClassName() : annotated.getMetadata().getClassName();
		return place.startsWith("org.springframework.boot.");
	}

}
