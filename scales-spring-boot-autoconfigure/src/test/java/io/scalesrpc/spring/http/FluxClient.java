package io.scalesrpc.spring.http;

import io.scalesrpc.client.ScalesClient;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.core.io.Resource;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.ResponseEntity;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestPart;
import org.springframework.web.service.annotation.GetExchange;
import org.springframework.web.service.annotation.PostExchange;

/** An interface of Spring with bodies that come as they are asked for. */
@ScalesClient("users")
interface FluxClient {

	@GetExchange("/stream/{kind}?json")
	Flux<User> users(@PathVariable String kind);

	@GetExchange("/stream/{kind}?json")
	Flux<DataBuffer> buffers(@PathVariable String kind);

	@GetExchange("/stream/{kind}?json")
	Mono<ResponseEntity<Flux<User>>> later(@PathVariable String kind);

	@GetExchange("/stream/{kind}?json")
	ResponseEntity<Flux<User>> entity(@PathVariable String kind);

	@GetExchange("/stream/{kind}?events")
	Flux<ServerSentEvent<String>> events(@PathVariable String kind);

	@GetExchange("/stream/{kind}?json")
	Mono<String> whole(@PathVariable String kind);

	@GetExchange("/status/{status}")
	Flux<User> status(@PathVariable int status);

	@PostExchange("/upload")
	Mono<String> upload(@RequestPart Resource file, @RequestPart String note);

}
