package io.scalesrpc.spring.json;

import io.scalesrpc.protocol.ValueCodec;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Lazy;

/**
 * Auto-configuration of values as JSON: with the mapper of the application, or one of its
 * own where there is none. <em>Confined to the thread that starts the application</em>.
 */
@AutoConfiguration(afterName = "org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration")
@ConditionalOnClass(JsonMapper.class)
public final class ScalesJsonAutoConfiguration {

	/** Made by Spring. */
	public ScalesJsonAutoConfiguration() {
	}

	@Bean
	@Lazy
	@ConditionalOnMissingBean
	ValueCodec scalesValueCodec(ObjectProvider<JsonMapper> mappers) {
		return new JsonValueCodec(mappers.getIfAvailable(JsonMapper::new));
	}

}
