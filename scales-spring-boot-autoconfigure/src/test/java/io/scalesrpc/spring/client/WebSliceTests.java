package io.scalesrpc.spring.client;

import io.scalesrpc.client.ScalesClient;
import io.scalesrpc.spring.app.CalculatorClient;
import io.scalesrpc.test.calculator.Calculator;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.webmvc.test.autoconfigure.WebMvcTest;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.ContextConfiguration;
import org.springframework.test.context.bean.override.mockito.MockitoBean;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.when;

/**
 * The test of a slice, in which clients have no settings: one is mocked, and nobody asks
 * for the other.
 */
@WebMvcTest
@ContextConfiguration(classes = WebSliceTests.Application.class)
class WebSliceTests {

	@MockitoBean
	private CalculatorClient client;

	@Autowired
	private MockMvcTester mvc;

	@Test
	void aControllerCallsTheMock() throws Exception {
		when(this.client.divide(8, 2)).thenReturn(5);
		assertThat(this.mvc.get().uri("/half/8")).hasStatusOk().hasBodyTextEqualTo("5");
	}

	@ScalesClient("other")
	interface Other extends Calculator.Iface {

	}

	@RestController
	static class Page {

		private final CalculatorClient client;

		Page(CalculatorClient client) {
			this.client = client;
		}

		@GetMapping("/half/{number}")
		String half(@PathVariable("number") int number) throws Exception {
			return String.valueOf(this.client.divide(number, 2));
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@EnableScalesClients(clients = { CalculatorClient.class, Other.class })
	@Import(Page.class)
	static class Application {

	}

}
