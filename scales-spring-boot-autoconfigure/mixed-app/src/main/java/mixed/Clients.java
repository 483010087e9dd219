package mixed;

import java.util.concurrent.CompletableFuture;

import io.scalesrpc.client.ScalesClient;

import org.apache.kafka.clients.producer.RecordMetadata;

import org.springframework.cloud.openfeign.FeignClient;
import org.springframework.messaging.handler.annotation.SendTo;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.service.annotation.GetExchange;

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
