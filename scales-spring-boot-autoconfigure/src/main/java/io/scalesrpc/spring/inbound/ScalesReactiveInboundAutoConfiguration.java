package io.scalesrpc.spring.inbound;

import io.scalesrpc.spring.client.ScalesClientsAutoConfiguration;
import io.scalesrpc.spring.settings.ScalesProperties;
import io.scalesrpc.time.Ticker;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication.Type;
import org.springframework.context.annotation.Bean;
import org.springframework.web.server.WebFilter;

/**
 * Auto-configuration of deadlines that come with requests to this application, with
 * WebFlux. <em>Confined to the thread that starts the application</em>.
 */
@AutoConfiguration(after = ScalesClientsAutoConfiguration.class)
@ConditionalOnWebApplication(type = Type.REACTIVE)
@ConditionalOnClass(WebFilter.class)
@ConditionalOnBooleanProperty(name = "scales.inbound.enabled", matchIfMissing = true)
public final class ScalesReactiveInboundAutoConfiguration {

	/** Made by Spring. */
	public ScalesReactiveInboundAutoConfiguration() {
	}

	@Bean
	InboundRequestWebFilter scalesInboundRequestFilter(ScalesProperties properties) {
		return new InboundRequestWebFilter(new InboundHeaders(properties.inbound(), Ticker.SYSTEM));
	}

}
