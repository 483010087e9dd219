package io.scalesrpc.spring.client;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Set;

import io.scalesrpc.spring.ScalesProperties;
import io.scalesrpc.spring.SettingLocator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.aop.framework.autoproxy.AutoProxyUtils;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.util.ClassUtils;

/**
 * Looks once, when all beans are there, whether somebody else retries the calls of a
 * client that retries: layers of retries multiply, and a budget bounds only its own.
 * <em>Confined to the thread that starts the application</em>.
 *
 * @param beans the clients and those that use them
 * @param registry the settings of the clients
 * @param properties the configuration
 */
record RetryLayers(ConfigurableListableBeanFactory beans, ScalesClientRegistry registry,
		ScalesProperties properties) implements SmartInitializingSingleton {

	private static final Logger logger = LoggerFactory.getLogger(RetryLayers.class);

	/** A call and two more attempts. */
	private static final int CALLS_OF_SCALES = 3;

	@Override
	public void afterSingletonsInstantiated() {
		Set<String> retrying = new LinkedHashSet<>();
		for (String factory : this.beans.getBeanNamesForType(ScalesClientFactoryBean.class, true, false)) {
			String client = this.beans.getBean(factory, ScalesClientFactoryBean.class).declaration().client();
			if (!Boolean.FALSE.equals(this.registry.settings(client).retry().enabled())) {
				retrying.add(client);
				look(client, factory.substring(1));
			}
		}
		if (this.properties.meshRetries()) {
			retrying.forEach(RetryLayers::warnOfMesh);
		}
	}

	/** The bean itself, and those it was injected into. */
	private void look(String client, String bean) {
		Set<String> users = new LinkedHashSet<>(Set.of(bean));
		users.addAll(Arrays.asList(this.beans.getDependentBeans(bean)));
		for (String user : users) {
			Class<?> type = type(user);
			RetryAnnotation annotation = (type != null) ? RetryAnnotation.of(ClassUtils.getUserClass(type)) : null;
			if (annotation != null) {
				warn(client, user, annotation);
			}
		}
	}

	/** The class of an object that a proxy stands for, which has the annotations. */
	private @Nullable Class<?> type(String bean) {
		Class<?> target = this.beans.containsBeanDefinition(bean)
				? AutoProxyUtils.determineTargetClass(this.beans, bean) : null;
		return (target != null) ? target : this.beans.getType(bean, false);
	}

	private static void warn(String client, String bean, RetryAnnotation annotation) {
		logger.warn(
				"Bean '{}' retries calls of client '{}', and so does Scales: {} could make {} x {} = {} calls of one"
						+ " (expected: one layer that retries; set '{}' to false, or remove the annotation)",
				bean, client, annotation.text(), annotation.calls(), CALLS_OF_SCALES,
				annotation.calls() * CALLS_OF_SCALES, SettingLocator.property(client, "retry.enabled"));
	}

	private static void warnOfMesh(String client) {
		logger.warn("Client '{}' retries, and so does the mesh, as 'scales.mesh-retries' says: with the mesh's usual 2"
				+ " retries they could make 3 x {} = {} calls of one (expected: one layer that retries; set '{}' to"
				+ " false, or switch retries off in the mesh)", client, CALLS_OF_SCALES, 3 * CALLS_OF_SCALES,
				SettingLocator.property(client, "retry.enabled"));
	}

}
