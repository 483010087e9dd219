package io.scalesrpc.demo;

import java.util.List;
import java.util.concurrent.CompletableFuture;

import io.scalesrpc.demo.pricing.UnknownProduct;
import org.apache.thrift.TException;

import org.springframework.context.annotation.Profile;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * The shop's REST interface: prices, one at a time by a blocking call and all at once by
 * asynchronous ones. <em>Thread-safe</em>.
 */
@Profile("!fleet & !visitors")
@RestController
@RequestMapping("/api/prices")
class ShopController {

	private final PricingClient pricing;

	private final AsyncPricingClient asyncPricing;

	ShopController(PricingClient pricing, AsyncPricingClient asyncPricing) {
		this.pricing = pricing;
		this.asyncPricing = asyncPricing;
	}

	@GetMapping("/{sku}")
	Offer price(@PathVariable String sku) throws TException {
		this.pricing.viewed(sku);
		return Offer.of(this.pricing.price(sku));
	}

	/** All prices are asked for at once; one that fails does not spoil the others. */
	@GetMapping
	CompletableFuture<List<Offer>> prices() {
		return this.asyncPricing.catalogue().thenCompose(this::offers);
	}

	private CompletableFuture<List<Offer>> offers(List<String> skus) {
		List<CompletableFuture<Offer>> offers = skus.stream().map(this::offer).toList();
		return CompletableFuture.allOf(offers.toArray(CompletableFuture[]::new))
			.thenApply((done) -> offers.stream().map(CompletableFuture::join).toList());
	}

	private CompletableFuture<Offer> offer(String sku) {
		return this.asyncPricing.price(sku).thenApply(Offer::of).exceptionally((ex) -> Offer.withoutPrice(sku));
	}

	@ExceptionHandler
	ProblemDetail unknown(UnknownProduct ex) {
		return ProblemDetail.forStatusAndDetail(HttpStatus.NOT_FOUND, "There is no product '" + ex.getSku() + "'");
	}

}
