package io.scalesrpc.spring.endpoint;

import com.fasterxml.jackson.annotation.JsonInclude;
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
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/**
 * Auto-configuration of the stream of overviews, for Spring MVC, where
 * {@code management.endpoint.scales.stream.enabled} asks for it. <em>Confined to the
 * thread that starts the application</em>.
 */
@AutoConfiguration(after = ScalesEndpointAutoConfiguration.class)
@ConditionalOnClass({ Endpoint.class, ConditionalOnAvailableEndpoint.class, SseEmitter.class, JsonMapper.class })
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnBooleanProperty("management.endpoint.scales.stream.enabled")
@ConditionalOnAvailableEndpoint(ScalesEndpoint.class)
public final class OverviewStreamAutoConfiguration {

	/** As the endpoint answers: what is not known is absent. */
	@Bean
	OverviewStream scalesOverviewStream(ScalesEndpoint endpoint, ObjectProvider<EndpointJsonMapper> mappers,
			ApplicationContext context) {
		EndpointJsonMapper ofEndpoints = mappers.getIfAvailable();
		JsonMapper mapper = (ofEndpoints != null) ? ofEndpoints.get()
				: JsonMapper.builder()
					.changeDefaultPropertyInclusion((all) -> all.withValueInclusion(JsonInclude.Include.NON_NULL))
					.build();
		return new OverviewStream(endpoint, mapper, context);
	}

}
