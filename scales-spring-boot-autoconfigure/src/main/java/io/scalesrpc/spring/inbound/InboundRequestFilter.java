package io.scalesrpc.spring.inbound;

import java.io.IOException;
import java.util.Collections;

import io.scalesrpc.call.InboundRequest;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.core.Ordered;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Says which request a thread of the web server is serving, the threads of its
 * asynchronous dispatches too. Time runs from the first dispatch. <em>Thread-safe</em>.
 */
final class InboundRequestFilter extends OncePerRequestFilter implements Ordered {

	private static final String ATTRIBUTE = InboundRequest.KEY;

	private final InboundHeaders headers;

	InboundRequestFilter(InboundHeaders headers) {
		this.headers = headers;
	}

	/** Early, since what other filters do takes time, too. */
	@Override
	public int getOrder() {
		return HIGHEST_PRECEDENCE + 10;
	}

	@Override
	protected boolean shouldNotFilterAsyncDispatch() {
		return false;
	}

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		InboundRequest inbound = inbound(request);
		if (inbound == null) {
			chain.doFilter(request, response);
			return;
		}
		InboundRequest.current(inbound);
		try {
			chain.doFilter(request, response);
		}
		finally {
			InboundRequest.current(null);
		}
	}

	private @Nullable InboundRequest inbound(HttpServletRequest request) {
		if (isAsyncDispatch(request)) {
			return (InboundRequest) request.getAttribute(ATTRIBUTE);
		}
		InboundRequest inbound = this.headers.read((name) -> Collections.list(request.getHeaders(name)));
		if (inbound != null) {
			request.setAttribute(ATTRIBUTE, inbound);
		}
		return inbound;
	}

}
