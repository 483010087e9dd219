package io.scalesrpc.spring.http;

import io.scalesrpc.spring.client.ScalesClientFactoryBean;
import org.jspecify.annotations.Nullable;

import org.springframework.aop.framework.AopProxyUtils;
import org.springframework.aot.generate.GenerationContext;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.annotation.ReflectiveRuntimeHintsRegistrar;
import org.springframework.beans.factory.aot.BeanRegistrationAotContribution;
import org.springframework.beans.factory.aot.BeanRegistrationAotProcessor;
import org.springframework.beans.factory.aot.BeanRegistrationCode;
import org.springframework.beans.factory.support.RegisteredBean;
import org.springframework.util.ClassUtils;

/**
 * Tells an ahead-of-time build what proxies of interfaces with {@code @HttpExchange}
 * need: those of Spring and of the client, and the types of their bodies, as Spring
 * itself says of such interfaces where they are beans of its own. <em>Thread-safe</em>.
 */
final class HttpInterfaceAotProcessor implements BeanRegistrationAotProcessor {

	/** Named by a file that is read where spring-web may be missing. */
	private static final boolean HAS_SPRING_WEB = ClassUtils.isPresent(
			"org.springframework.web.service.annotation.HttpExchange",
			HttpInterfaceAotProcessor.class.getClassLoader());

	@Override
	public @Nullable BeanRegistrationAotContribution processAheadOfTime(RegisteredBean bean) {
		if (!HAS_SPRING_WEB || !ScalesClientFactoryBean.class.equals(bean.getBeanClass())) {
			return null;
		}
		Class<?> type = bean.getMergedBeanDefinition().getResolvableType().getGeneric(0).resolve();
		return (type != null && HttpInterface.isOne(type)) ? new Hints(type) : null;
	}

	/**
	 * The hints of one interface. <em>Immutable</em>.
	 *
	 * @param type the interface
	 */
	private record Hints(Class<?> type) implements BeanRegistrationAotContribution {

		@Override
		public void applyTo(GenerationContext context, BeanRegistrationCode code) {
			RuntimeHints hints = context.getRuntimeHints();
			hints.proxies().registerJdkProxy(AopProxyUtils.completeJdkProxyInterfaces(this.type));
			new ReflectiveRuntimeHintsRegistrar().registerRuntimeHints(hints, this.type);
		}

	}

}
