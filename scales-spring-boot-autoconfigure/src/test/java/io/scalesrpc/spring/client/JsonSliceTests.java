package io.scalesrpc.spring.client;

import io.scalesrpc.spring.client.sliced.SlicedApplication;
import io.scalesrpc.spring.client.sliced.Till;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.autoconfigure.json.JsonTest;
import org.springframework.context.ApplicationContext;
import org.springframework.test.context.ContextConfiguration;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/** The slice of JSON of an application that has clients. */
@JsonTest
@ContextConfiguration(classes = SlicedApplication.class)
class JsonSliceTests {

	@Autowired
	private ApplicationContext context;

	@Test
	void aSliceOfSpringBootStartsInAnApplicationThatEnablesClients() {
		assertThat(this.context.getBeansOfType(JsonMapper.class)).hasSize(1);
		assertThat(this.context.getBeansOfType(Till.class)).isEmpty();
	}

}
