package io.scalesrpc.spring.observation;

import io.micrometer.observation.ObservationRegistry;
import io.scalesrpc.observation.ScalesClientObservationConvention;
import io.scalesrpc.observation.ScalesServerObservationConvention;
import io.scalesrpc.observation.ServerObservations;
import io.scalesrpc.server.ObservingInterceptor;
import io.scalesrpc.spring.settings.ScalesProperties;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/**
 * Auto-configuration of traces. The classes of observations come with Micrometer, which
 * is always there; a registry of the application need not be. <em>Confined to the thread
 * that starts the application</em>.
 */
@AutoConfiguration
public final class ScalesObservationAutoConfiguration {

	/** Made by Spring. */
	public ScalesObservationAutoConfiguration() {
	}

	@Bean
	ClientObservations scalesClientObservations(ScalesProperties properties,
			ObjectProvider<ObservationRegistry> registries,
			ObjectProvider<ScalesClientObservationConvention> conventions) {
		return new ClientObservations(properties, registries, conventions);
	}

	/** Around all others: what they do is a part of the trace. */
	@Bean
	@Lazy
	@Order(Ordered.HIGHEST_PRECEDENCE + 10)
	@ConditionalOnMissingBean
	@ConditionalOnBooleanProperty(name = "scales.observation.enabled", matchIfMissing = true)
	ObservingInterceptor scalesObservingInterceptor(ObjectProvider<ObservationRegistry> registries,
			ObjectProvider<ScalesServerObservationConvention> conventions) {
		return new ObservingInterceptor(
				new ServerObservations(ClientObservations.registry(registries), conventions.getIfAvailable()));
	}

}
