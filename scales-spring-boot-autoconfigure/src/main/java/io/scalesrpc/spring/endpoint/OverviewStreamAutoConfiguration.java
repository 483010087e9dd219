package io.scalesrpc.spring.endpoint;

import reactor.core.publisher.Flux;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.jackson.EndpointJsonMapper;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/**
 * Auto-configuration of the stream of overviews, where
 * {@code management.endpoint.scales.stream.enabled} asks for it. <em>Confined to the
 * thread that starts the application</em>.
 */
@AutoConfiguration(after = ScalesEndpointAutoConfiguration.class)
@ConditionalOnClass({ Endpoint.class, ConditionalOnAvailableEndpoint.class, JsonMapper.class })
@ConditionalOnBooleanProperty("management.endpoint.scales.stream.enabled")
@ConditionalOnAvailableEndpoint(ScalesEndpoint.class)
public final class OverviewStreamAutoConfiguration {

	/** Made by Spring. */
	public OverviewStreamAutoConfiguration() {
	}

	/**
	 * With Spring MVC. <em>Confined to the thread that starts the application</em>.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(SseEmitter.class)
	@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
	static class OfMvc {

		@Bean
		OverviewStream scalesOverviewStream(ScalesEndpoint endpoint, ObjectProvider<EndpointJsonMapper> mappers,
				ApplicationContext application) {
			return new OverviewStream(OverviewJson.of(endpoint, mappers, application));
		}

	}

	/**
	 * With Spring WebFlux. <em>Confined to the thread that starts the application</em>.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass({ Flux.class, ServerSentEvent.class })
	@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.REACTIVE)
	static class OfWebFlux {

		@Bean
		ReactiveOverviewStream scalesOverviewStream(ScalesEndpoint endpoint, ObjectProvider<EndpointJsonMapper> mappers,
				ApplicationContext application) {
			return new ReactiveOverviewStream(OverviewJson.of(endpoint, mappers, application));
		}

	}

}
