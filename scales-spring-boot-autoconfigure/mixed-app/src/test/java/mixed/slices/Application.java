package mixed.slices;

import io.scalesrpc.client.ScalesClient;
import io.scalesrpc.spring.client.EnableScalesClients;

import org.springframework.boot.autoconfigure.SpringBootApplication;

/** An application that says which clients it has. None of them is configured: one that is made fails. */
@SpringBootApplication
@EnableScalesClients
class Application {

	@ScalesClient("stock")
	interface Stock extends mixed.Prices {

	}

}
