package mixed;

import java.util.concurrent.CompletableFuture;

import io.scalesrpc.client.ScalesClient;

import lombok.AllArgsConstructor;
import lombok.Data;
import lombok.NoArgsConstructor;
import lombok.Value;
import org.apache.kafka.clients.producer.RecordMetadata;

import org.springframework.cloud.openfeign.FeignClient;
import org.springframework.messaging.handler.annotation.SendTo;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.service.annotation.GetExchange;
import org.springframework.web.service.annotation.PostExchange;

/** One interface for each client, and one of OpenFeign. */
public final class Clients {

	private Clients() {
	}

	@ScalesClient("prices")
	public interface PricesClient extends Prices {

	}

	/** The same client once more, with futures. */
	@ScalesClient("prices")
	public interface LaterPrices {

		CompletableFuture<Integer> price(String sku);

	}

	@ScalesClient("prices-framed")
	public interface FramedPrices extends Prices {

	}

	@ScalesClient("prices-pipelined")
	public interface PipelinedPrices extends Prices {

	}

	@ScalesClient("prices-http")
	public interface HttpPrices extends Prices {

	}

	@ScalesClient("users")
	public interface Users {

		@GetExchange("/open/{name}")
		String user(@PathVariable("name") String name);

		@PostExchange("/open/orders")
		Receipt order(@RequestBody Order order);

	}

	/** What is sent, as Lombok makes it. */
	@Data
	@NoArgsConstructor
	@AllArgsConstructor
	public static class Order {

		private String sku;

		private int pieces;

	}

	/** What is answered. */
	@Value
	public static class Receipt {

		String text;

	}

	@ScalesClient("users-h2")
	public interface UsersOverHttp2 {

		@GetExchange("/open/{name}")
		String user(@PathVariable("name") String name);

	}

	@ScalesClient("events")
	public interface Events {

		@SendTo("orders")
		RecordMetadata ordered(String order);

	}

	@ScalesClient("carts")
	public interface Carts {

		void set(String key, String value);

		String get(String key);

	}

	@FeignClient("feign")
	public interface FeignUsers {

		@GetMapping("/open/{name}")
		String user(@PathVariable("name") String name);

	}

}
