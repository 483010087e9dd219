package io.scalesrpc.spring.client;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

import io.scalesrpc.retry.RetrySettings;
import io.scalesrpc.spring.SettingLocator;
import io.scalesrpc.spring.client.declaration.ClientDeclaration;
import io.scalesrpc.spring.client.declaration.RetryAnnotation;
import io.scalesrpc.spring.settings.ScalesProperties;
import io.scalesrpc.spring.settings.stage.RetryProperties;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.aop.framework.autoproxy.AutoProxyUtils;
import org.springframework.beans.factory.BeanFactory;
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

	/** Envoy's and Istio's two retries, and the call itself. */
	private static final int CALLS_OF_MESH = 3;

	@Override
	public void afterSingletonsInstantiated() {
		Map<String, Integer> retrying = new LinkedHashMap<>();
		ClientDeclaration.all(this.beans).forEach((bean, declaration) -> {
			String client = declaration.client();
			int calls = callsOf(client);
			if (calls > 1) {
				retrying.put(client, calls);
				look(client, calls, bean);
			}
		});
		if (this.properties.meshRetries()) {
			retrying.forEach(RetryLayers::warnOfMesh);
		}
	}

	private int callsOf(String client) {
		RetryProperties written = this.registry.settings(client).written(RetryProperties.class);
		RetrySettings settings = (written != null) ? written.toSettings() : RetrySettings.DEFAULT;
		return settings.enabled() ? settings.maxAttempts() : 1;
	}

	/** The bean itself, and those it was injected into. */
	private void look(String client, int calls, String bean) {
		Set<String> users = new LinkedHashSet<>(Set.of(bean));
		users.addAll(Arrays.asList(this.beans.getDependentBeans(bean)));
		for (String user : users) {
			Class<?> type = type(user);
			RetryAnnotation annotation = (type != null) ? RetryAnnotation.of(ClassUtils.getUserClass(type)) : null;
			if (annotation != null) {
				warn(client, calls, user, annotation);
			}
		}
	}

	/** The class of an object that a proxy stands for, which has the annotations. */
	private @Nullable Class<?> type(String bean) {
		Class<?> target = this.beans.containsBeanDefinition(bean)
				? AutoProxyUtils.determineTargetClass(this.beans, bean) : null;
		return (target != null) ? target : this.beans.getType(bean, false);
	}

	private static void warn(String client, int calls, String bean, RetryAnnotation annotation) {
		logger.warn(
				"Bean '{}' retries calls of client '{}', and so does Scales: {} could make {} x {} = {} calls of one"
						+ " (expected: one layer that retries; set '{}' to false, or remove the annotation)",
				bean, client, annotation.text(), annotation.calls(), calls, annotation.calls() * calls,
				SettingLocator.property(client, "retry.enabled"));
	}

	private static void warnOfMesh(String client, int calls) {
		logger.warn("Client '{}' retries, and so does the mesh, as 'scales.mesh-retries' says: with the mesh's usual 2"
				+ " retries they could make {} x {} = {} calls of one (expected: one layer that retries; set '{}' to"
				+ " false, or switch retries off in the mesh)", client, CALLS_OF_MESH, calls, CALLS_OF_MESH * calls,
				SettingLocator.property(client, "retry.enabled"));
	}

}
