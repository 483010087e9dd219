package io.scalesrpc.spring.inbound;

import io.scalesrpc.call.InboundRequest;
import reactor.core.publisher.Mono;

import org.springframework.core.Ordered;
import org.springframework.http.HttpHeaders;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;

/**
 * Puts the request being served into Reactor's context, where a {@code Mono} of a client
 * finds it on any thread. <em>Thread-safe</em>.
 */
final class InboundRequestWebFilter implements WebFilter, Ordered {

	private final InboundHeaders headers;

	InboundRequestWebFilter(InboundHeaders headers) {
		this.headers = headers;
	}

	/** Early, since what other filters do takes time, too. */
	@Override
	public int getOrder() {
		return HIGHEST_PRECEDENCE + 10;
	}

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
		HttpHeaders sent = exchange.getRequest().getHeaders();
		InboundRequest request = this.headers.read((name) -> sent.getOrEmpty(name));
		Mono<Void> handled = chain.filter(exchange);
		return (request != null) ? handled.contextWrite((context) -> context.put(InboundRequest.KEY, request))
				: handled;
	}

}
