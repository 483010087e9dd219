package mixed.slices;

import org.springframework.stereotype.Component;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.client.RestClient;
import org.springframework.web.reactive.function.client.WebClient;

/** What the application consists of; each slice takes its own. */
final class Parts {

	private Parts() {
	}

	/** Uses the client. */
	@Component
	record Till(Application.Stock stock) {

	}

	@RestController
	static class Page {

		@GetMapping("/items/{sku}")
		String item(@PathVariable("sku") String sku) {
			return "item " + sku;
		}

	}

	@Component
	static class Rest {

		final RestClient client;

		Rest(RestClient.Builder builder) {
			this.client = builder.baseUrl("http://elsewhere").build();
		}

	}

	@Component
	static class Web {

		final WebClient client;

		Web(WebClient.Builder builder) {
			this.client = builder.build();
		}

	}

}
