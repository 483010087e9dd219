package io.scalesrpc.spring.server;

import java.util.LinkedHashSet;
import java.util.Set;

import io.scalesrpc.spring.GeneratedService;
import io.scalesrpc.spring.ThriftHints;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.aot.BeanRegistrationAotContribution;
import org.springframework.beans.factory.aot.BeanRegistrationAotProcessor;
import org.springframework.beans.factory.support.RegisteredBean;
import org.springframework.util.ClassUtils;

/**
 * Tells an ahead-of-time build what is read by reflection of the services that beans
 * implement. <em>Thread-safe</em>.
 */
final class ScalesServiceAotProcessor implements BeanRegistrationAotProcessor {

	@Override
	public @Nullable BeanRegistrationAotContribution processAheadOfTime(RegisteredBean bean) {
		if (bean.isInnerBean()) {
			// The factory does not know its name, so that it is not served either.
			return null;
		}
		ScalesService annotation = bean.getBeanFactory()
			.findAnnotationOnBean(bean.getBeanName(), ScalesService.class, false);
		if (annotation == null) {
			return null;
		}
		Set<Class<?>> services = new LinkedHashSet<>();
		if (annotation.service() != void.class) {
			services.add(annotation.service());
		}
		services.addAll(ClassUtils.getAllInterfacesForClassAsSet(bean.getBeanClass()));
		return (context, code) -> services.forEach((service) -> ThriftHints.register(context.getRuntimeHints(), service,
				service.isInterface() ? GeneratedService.of(service) : service));
	}

}
