package io.scalesrpc.spring.http;

import io.scalesrpc.client.ScalesClient;
import io.scalesrpc.spring.client.EnableScalesClients;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.annotation.JsonDeserialize;
import tools.jackson.databind.annotation.JsonPOJOBuilder;

import org.springframework.context.annotation.Configuration;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.service.annotation.PostExchange;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Arguments and results as applications have them: records, and classes as Lombok makes
 * them of {@code @Data} or {@code @Builder}.
 */
class ArgumentTypeTests {

	@Test
	void recordsAndClassesOfLombokAreArgumentsAndResults() {
		try (UserServer server = UserServer.start()) {
			server.application().withUserConfiguration(Application.class).run((context) -> {
				Echo echo = context.getBean(Echo.class);
				assertThat(echo.user(new User(7, "Ada"))).isEqualTo(new User(7, "Ada"));
				Data data = new Data();
				data.setName("Ada");
				assertThat(echo.data(data).getName()).isEqualTo("Ada");
				assertThat(echo.value(Value.builder().name("Ada").build()).getName()).isEqualTo("Ada");
			});
		}
	}

	/** Says what it was told. */
	@ScalesClient("users")
	interface Echo {

		@PostExchange("/echo")
		User user(@RequestBody User user);

		@PostExchange("/echo")
		Data data(@RequestBody Data data);

		@PostExchange("/echo")
		Value value(@RequestBody Value value);

	}

	/** {@code @Data} of Lombok. */
	static final class Data {

		private String name = "";

		public String getName() {
			return this.name;
		}

		public void setName(String name) {
			this.name = name;
		}

	}

	/**
	 * {@code @Value @Builder @Jacksonized} of Lombok, written by hand: no constructor
	 * that anybody may call, and a builder.
	 */
	@JsonDeserialize(builder = Value.Builder.class)
	static final class Value {

		private final String name;

		private Value(String name) {
			this.name = name;
		}

		static Builder builder() {
			return new Builder();
		}

		public String getName() {
			return this.name;
		}

		@JsonPOJOBuilder(withPrefix = "")
		static final class Builder {

			private String name = "";

			Builder name(String name) {
				this.name = name;
				return this;
			}

			Value build() {
				return new Value(this.name);
			}

		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableScalesClients(clients = Echo.class)
	static class Application {

	}

}
