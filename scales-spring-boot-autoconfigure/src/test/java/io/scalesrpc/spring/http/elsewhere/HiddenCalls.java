package io.scalesrpc.spring.http.elsewhere;

import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.service.annotation.GetExchange;

/** What nobody outside of its package sees. */
interface HiddenCalls {

	@GetExchange("/users/{id}")
	String user(@PathVariable int id);

}
