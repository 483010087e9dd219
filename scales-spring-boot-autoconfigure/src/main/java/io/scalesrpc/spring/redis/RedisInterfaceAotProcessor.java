package io.scalesrpc.spring.redis;

import java.lang.reflect.Method;
import java.lang.reflect.Type;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import io.scalesrpc.spring.client.ScalesClientFactoryBean;
import org.jspecify.annotations.Nullable;
import org.springframework.aot.generate.GenerationContext;
import org.springframework.aot.hint.BindingReflectionHintsRegistrar;
import org.springframework.beans.factory.aot.BeanRegistrationAotContribution;
import org.springframework.beans.factory.aot.BeanRegistrationAotProcessor;
import org.springframework.beans.factory.aot.BeanRegistrationCode;
import org.springframework.beans.factory.config.ConstructorArgumentValues.ValueHolder;
import org.springframework.beans.factory.support.RegisteredBean;
import org.springframework.core.env.Environment;

/**
 * Tells an ahead-of-time build of which classes JSON is made by interfaces whose methods
 * are commands. <em>Thread-safe</em>.
 */
final class RedisInterfaceAotProcessor implements BeanRegistrationAotProcessor {

	@Override
	public @Nullable BeanRegistrationAotContribution processAheadOfTime(RegisteredBean bean) {
		if (!ScalesClientFactoryBean.class.equals(bean.getBeanClass())) {
			return null;
		}
		Class<?> type = bean.getMergedBeanDefinition().getResolvableType().getGeneric(0).resolve();
		return (type != null && isRedis(bean)) ? new Hints(values(type)) : null;
	}

	/** By its settings, as they are when the application is built. */
	private static boolean isRedis(RegisteredBean bean) {
		ValueHolder client = bean.getMergedBeanDefinition()
			.getConstructorArgumentValues()
			.getIndexedArgumentValue(1, String.class);
		Environment environment = bean.getBeanFactory().getBean(Environment.class);
		String fallback = environment.getProperty("scales.defaults.protocol");
		return client != null && "redis".equals(
				environment.getProperty("scales.clients." + client.getValue() + ".protocol", String.valueOf(fallback)));
	}

	private static Set<Type> values(Class<?> type) {
		Set<Type> types = new LinkedHashSet<>();
		for (Method method : type.getMethods()) {
			types.add(method.getGenericReturnType());
			types.addAll(List.of(method.getGenericParameterTypes()));
		}
		return types;
	}

	/**
	 * The hints of one interface. <em>Immutable</em>.
	 *
	 * @param values the types of arguments and results
	 */
	private record Hints(Set<Type> values) implements BeanRegistrationAotContribution {

		@Override
		public void applyTo(GenerationContext context, BeanRegistrationCode code) {
			new BindingReflectionHintsRegistrar().registerReflectionHints(context.getRuntimeHints().reflection(),
					this.values.toArray(Type[]::new));
		}

	}

}
