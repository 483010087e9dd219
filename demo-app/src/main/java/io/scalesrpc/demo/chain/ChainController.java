package io.scalesrpc.demo.chain;

import java.time.Duration;

import io.scalesrpc.call.CallTimeoutException;
import io.scalesrpc.demo.InOneProcess;
import io.scalesrpc.demo.pricing.Price;
import jakarta.servlet.http.HttpServletRequest;
import org.apache.thrift.TException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * The first hop, which knows nothing of deadlines either, and the run that measures all
 * three. <em>Thread-safe</em>.
 */
@InOneProcess
@RestController
@RequestMapping("/api/chain")
class ChainController {

	private static final Logger logger = LoggerFactory.getLogger(ChainController.class);

	private static final int MAX_REQUESTS = 1000;

	private final FrontClient front;

	private final Sightings sightings;

	ChainController(FrontClient front, Sightings sightings) {
		this.front = front;
		this.sightings = sightings;
	}

	@GetMapping("/{request}")
	long price(@PathVariable String request) throws TException {
		this.sightings.atWork(Hop.HTTP, request);
		try {
			Price price = this.front.price(request);
			return price.getAmountCents();
		}
		finally {
			this.sightings.atWork(Hop.HTTP, request);
		}
	}

	/** Four hops, of which nobody waits for another: one trace. */
	@PostMapping("/views/{sku}")
	void viewed(@PathVariable String sku) throws TException {
		logger.info("a view of {}: the second hop is to know", sku);
		this.front.viewed(sku);
	}

	/** Sends requests with a deadline to this application itself, some at a time. */
	@PostMapping("/runs")
	ChainReport run(@RequestParam(defaultValue = "50") int requests, @RequestParam(defaultValue = "5") int concurrency,
			@RequestParam(defaultValue = "200") int timeout, HttpServletRequest http) throws InterruptedException {
		Duration limit = Duration.ofMillis(Math.max(1, timeout));
		return new ChainRun(this.sightings, http.getLocalPort(), limit).report(within(requests), within(concurrency));
	}

	private static int within(int number) {
		return Math.max(1, Math.min(number, MAX_REQUESTS));
	}

	@ExceptionHandler
	ProblemDetail late(CallTimeoutException ex) {
		return ProblemDetail.forStatusAndDetail(HttpStatus.GATEWAY_TIMEOUT, String.valueOf(ex.getMessage()));
	}

}
