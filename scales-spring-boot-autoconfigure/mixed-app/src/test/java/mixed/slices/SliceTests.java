package mixed.slices;

import io.scalesrpc.spring.client.ScalesClientRegistry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.data.jdbc.test.autoconfigure.DataJdbcTest;
import org.springframework.boot.data.jpa.test.autoconfigure.DataJpaTest;
import org.springframework.boot.jpa.test.autoconfigure.TestEntityManager;
import org.springframework.boot.data.redis.test.autoconfigure.DataRedisTest;
import org.springframework.boot.jdbc.test.autoconfigure.JdbcTest;
import org.springframework.boot.restclient.test.autoconfigure.RestClientTest;
import org.springframework.boot.test.autoconfigure.json.JsonTest;
import org.springframework.boot.test.json.JacksonTester;
import org.springframework.boot.webclient.test.autoconfigure.WebClientTest;
import org.springframework.boot.webflux.test.autoconfigure.WebFluxTest;
import org.springframework.boot.webmvc.test.autoconfigure.WebMvcTest;
import org.springframework.context.ApplicationContext;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.web.client.MockRestServiceServer;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.test.web.servlet.assertj.MockMvcTester;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;
import static org.springframework.test.web.client.match.MockRestRequestMatchers.requestTo;
import static org.springframework.test.web.client.response.MockRestResponseCreators.withSuccess;

/**
 * The slices of Spring Boot's tests in an application that says {@code @EnableScalesClients}: each does its own work, and has no
 * client.
 */
class SliceTests {

	private static final String USER = "Basic " + HttpHeaders.encodeBasicAuth("user", "secret", null);

	/** What they have in common. */
	abstract static class Slice {

		@Autowired
		ApplicationContext context;

		@AfterEach
		void noClientIsMade() {
			assertThat(this.context.getBeansOfType(ScalesClientRegistry.class)).isEmpty();
			assertThat(this.context.getBeansOfType(Parts.Till.class)).isEmpty();
			assertThat(this.context.getBeanNamesForType(Application.Stock.class, true, false)).as("declared").hasSize(1);
			assertThatException().isThrownBy(() -> this.context.getBean(Application.Stock.class)).havingRootCause()
				.withMessageContaining("the test of a slice");
		}

	}

	@Nested
	@DataJpaTest(properties = "spring.jpa.hibernate.ddl-auto=create-drop")
	class Jpa extends Slice {

		@Test
		void anEntityIsSavedAndRead(@Autowired Items items, @Autowired TestEntityManager entities) {
			Long id = items.saveAndFlush(new Item("anvil")).id;
			entities.clear();
			assertThat(items.findBySku("anvil")).hasValueSatisfying((read) -> assertThat(read.id).isEqualTo(id));
			assertThat(items.count()).isEqualTo(1);
		}

	}

	@Nested
	@JdbcTest
	class Jdbc extends Slice {

		@Test
		void aRowIsWrittenAndRead(@Autowired JdbcTemplate jdbc) {
			jdbc.execute("create table things (sku varchar(20))");
			jdbc.update("insert into things values (?)", "anvil");
			assertThat(jdbc.queryForObject("select sku from things", String.class)).isEqualTo("anvil");
		}

	}

	@Nested
	@DataJdbcTest
	class DataJdbc extends Slice {

		@Test
		void aRowIsSavedAndRead(@Autowired Rows rows, @Autowired JdbcTemplate jdbc) {
			jdbc.execute("create table \"rows\" (\"ID\" bigint generated always as identity primary key, \"SKU\" varchar(20))");
			Row saved = rows.save(new Row(null, "anvil"));
			assertThat(rows.findById(saved.id())).hasValue(saved);
		}

	}

	/** Nothing is asked of Redis: there is none. */
	@Nested
	@DataRedisTest
	class Redis extends Slice {

		@Test
		void theTemplateIsThere(@Autowired StringRedisTemplate redis) {
			assertThat(redis.getConnectionFactory()).isNotNull();
		}

	}

	@Nested
	@JsonTest
	class Json extends Slice {

		@Autowired
		JacksonTester<Row> json;

		@Test
		void aRecordIsWritten() throws Exception {
			assertThat(this.json.write(new Row(1L, "anvil"))).isEqualToJson("{\"id\":1,\"sku\":\"anvil\"}");
		}

	}

	@Nested
	@RestClientTest(Parts.Rest.class)
	class RestClients extends Slice {

		@Test
		void aRestClientIsAnswered(@Autowired Parts.Rest rest, @Autowired MockRestServiceServer server) {
			server.expect(requestTo("http://elsewhere/items")).andRespond(withSuccess("anvil", MediaType.TEXT_PLAIN));
			assertThat(rest.client.get().uri("/items").retrieve().body(String.class)).isEqualTo("anvil");
		}

	}

	@Nested
	@WebClientTest(Parts.Web.class)
	class WebClients extends Slice {

		@Test
		void theBuilderIsThere(@Autowired Parts.Web web) {
			assertThat(web.client).isNotNull();
		}

	}

	@Nested
	@WebFluxTest(Parts.Page.class)
	class Flux extends Slice {

		@Test
		void aControllerAnswers(@Autowired WebTestClient web) {
			web.get().uri("/items/anvil").header(HttpHeaders.AUTHORIZATION, USER).exchange().expectBody(String.class).isEqualTo("item anvil");
		}

	}

	@Nested
	@WebMvcTest(Parts.Page.class)
	class Mvc extends Slice {

		@Test
		void aControllerAnswers(@Autowired MockMvcTester mvc) {
			assertThat(mvc.get().uri("/items/anvil").header(HttpHeaders.AUTHORIZATION, USER)).hasStatusOk()
				.hasBodyTextEqualTo("item anvil");
		}

	}

}
