package io.scalesrpc.demo;

import io.scalesrpc.demo.pricing.Price;

import org.springframework.context.annotation.Profile;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * Puts the pricing service under load, so that there is something to see.
 * <em>Thread-safe</em>.
 */
@Profile("!fleet & !visitors")
@RestController
class LoadController {

	private static final int MAX_CALLS = 100_000;

	private static final int MAX_CONCURRENCY = 256;

	private final AsyncPricingClient pricing;

	LoadController(AsyncPricingClient pricing) {
		this.pricing = pricing;
	}

	@PostMapping("/api/load")
	LoadReport load(@RequestParam(defaultValue = "1000") int calls,
			@RequestParam(defaultValue = "16") int concurrency) {
		LoadRun run = new LoadRun(() -> this.pricing.price("anvil").thenApply(Price::getServer),
				Math.max(1, Math.min(calls, MAX_CALLS)));
		return run.report(Math.max(1, Math.min(concurrency, MAX_CONCURRENCY)));
	}

}
