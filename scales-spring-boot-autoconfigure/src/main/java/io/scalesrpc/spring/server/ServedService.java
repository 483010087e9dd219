package io.scalesrpc.spring.server;

import java.util.ArrayList;
import java.util.List;

import io.scalesrpc.server.ThriftMuxServerBuilder;
import org.jspecify.annotations.Nullable;

import org.springframework.aop.support.AopUtils;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;

/**
 * A bean that is served. <em>Immutable</em>, as far as the bean is.
 *
 * @param bean its name
 * @param name the name of the service for Thrift's multiplexed protocol; {@code null} for
 * none
 * @param type the generated class of the service, or a class that implements only one
 * @param handler the bean, with what stands around it
 */
record ServedService(String bean, @Nullable String name, Class<?> type, Object handler) {

	/** All of a context's own, in the order of their definition. */
	static List<ServedService> all(ConfigurableListableBeanFactory beans) {
		List<ServedService> services = new ArrayList<>();
		for (String bean : beans.getBeanNamesForAnnotation(ScalesService.class)) {
			ScalesService annotation = beans.findAnnotationOnBean(bean, ScalesService.class);
			if (annotation != null && !bean.startsWith("scopedTarget.")) {
				services.add(of(bean, annotation, beans.getBean(bean)));
			}
		}
		return services;
	}

	private static ServedService of(String bean, ScalesService annotation, Object handler) {
		Class<?> type = (annotation.service() != void.class) ? annotation.service() : AopUtils.getTargetClass(handler);
		return new ServedService(bean, annotation.name().isEmpty() ? null : annotation.name(), type, handler);
	}

	void addTo(ThriftMuxServerBuilder builder) {
		if (this.name != null) {
			builder.service(this.name, this.type, this.handler);
		}
		else {
			builder.service(this.type, this.handler);
		}
	}

}
