package io.scalesrpc.spring.client;

import io.scalesrpc.spring.GeneratedService;
import io.scalesrpc.spring.ThriftHints;
import io.scalesrpc.spring.client.declaration.FallbackDeclaration;
import org.jspecify.annotations.Nullable;

import org.springframework.aot.generate.GenerationContext;
import org.springframework.aot.hint.MemberCategory;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.aot.BeanRegistrationAotContribution;
import org.springframework.beans.factory.aot.BeanRegistrationAotProcessor;
import org.springframework.beans.factory.aot.BeanRegistrationCode;
import org.springframework.beans.factory.config.ConstructorArgumentValues.ValueHolder;
import org.springframework.beans.factory.support.RegisteredBean;

/**
 * Tells an ahead-of-time build which interfaces get proxies and which Thrift classes,
 * generated or declared, are read by reflection. <em>Thread-safe</em>.
 */
final class ScalesClientAotProcessor implements BeanRegistrationAotProcessor {

	@Override
	public @Nullable BeanRegistrationAotContribution processAheadOfTime(RegisteredBean bean) {
		if (!ScalesClientFactoryBean.class.equals(bean.getBeanClass())) {
			return null;
		}
		Class<?> type = argument(bean, 0);
		Class<?> named = argument(bean, 2);
		return new Hints(type, (named != void.class) ? named : GeneratedService.of(type));
	}

	private static Class<?> argument(RegisteredBean bean, int index) {
		ValueHolder holder = bean.getMergedBeanDefinition()
			.getConstructorArgumentValues()
			.getIndexedArgumentValue(index, Class.class);
		if (holder == null || !(holder.getValue() instanceof Class<?> type)) {
			throw new IllegalStateException(bean.getBeanName() + ": argument " + index + " (expected: a class)");
		}
		return type;
	}

	/**
	 * The hints of one interface. <em>Immutable</em>.
	 *
	 * @param type the interface
	 * @param service its generated class or declared interface, if known
	 */
	private record Hints(Class<?> type, @Nullable Class<?> service) implements BeanRegistrationAotContribution {

		@Override
		public void applyTo(GenerationContext context, BeanRegistrationCode code) {
			RuntimeHints hints = context.getRuntimeHints();
			hints.proxies().registerJdkProxy(this.type).registerJdkProxy(Qualifier.class);
			FallbackDeclaration fallback = FallbackDeclaration.of(this.type);
			if (fallback != null && fallback.implementation() != void.class) {
				hints.reflection().registerType(fallback.implementation(), MemberCategory.INVOKE_DECLARED_CONSTRUCTORS);
			}
			ThriftHints.register(hints, this.type, this.service);
		}

	}

}
