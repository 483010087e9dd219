package io.scalesrpc.spring.http;

import java.io.InputStream;

import io.scalesrpc.client.ScalesClient;

import org.springframework.core.io.Resource;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestPart;
import org.springframework.web.service.annotation.GetExchange;
import org.springframework.web.service.annotation.PostExchange;

/** An interface of Spring with bodies that are waited for part by part. */
@ScalesClient("users")
interface StreamClient {

	@GetExchange("/stream/{kind}?json")
	InputStream bytes(@PathVariable String kind);

	@GetExchange("/stream/{kind}?json")
	ResponseEntity<InputStream> entity(@PathVariable String kind);

	@GetExchange("/stream/{kind}?json")
	String whole(@PathVariable String kind);

	@GetExchange("/status/{status}")
	InputStream status(@PathVariable int status);

	@PostExchange("/upload")
	String upload(@RequestPart Resource file, @RequestPart String note);

}
