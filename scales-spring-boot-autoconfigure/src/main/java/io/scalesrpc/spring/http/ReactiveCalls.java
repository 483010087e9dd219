package io.scalesrpc.spring.http;

import io.scalesrpc.call.ScalesException;
import io.scalesrpc.client.ClientHandle;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.web.reactive.function.client.WebClient;
import org.springframework.web.reactive.function.client.WebClientRequestException;
import org.springframework.web.reactive.function.client.support.WebClientAdapter;

/**
 * Carries the requests of interfaces some of whose methods do not wait, on the
 * application's own {@code WebClient.Builder} where there is one. Loaded only where
 * WebFlux is. <em>Stateless</em>.
 */
final class ReactiveCalls {

	private ReactiveCalls() {
	}

	static WebClientAdapter adapter(ClientHandle<?> client, ObjectProvider<WebClient.Builder> builders) {
		// A copy: the application's own may be for everybody.
		WebClient.Builder builder = builders.getIfAvailable(WebClient::builder).clone();
		return WebClientAdapter.create(builder.clientConnector(new ScalesClientHttpConnector(client))
			// As every other client says it: the exception of the call itself.
			.filter((request, next) -> next.exchange(request)
				.onErrorMap(WebClientRequestException.class,
						(ex) -> (ex.getCause() instanceof ScalesException cause) ? cause : ex))
			.build());
	}

}
