package io.scalesrpc.spring.endpoint;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;

import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.boot.actuate.endpoint.web.annotation.EndpointWebExtension;
import org.springframework.context.ApplicationListener;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.http.MediaType;
import org.springframework.http.codec.ServerSentEvent;

/**
 * The overview once a second over Spring WebFlux, for whoever asks the endpoint for
 * {@code text/event-stream}. A reader that is slow misses some; without readers nothing
 * ticks. When the application closes they are let go before the web server waits for
 * them. <em>Thread-safe</em>.
 */
@EndpointWebExtension(endpoint = ScalesEndpoint.class)
public final class ReactiveOverviewStream implements ApplicationListener<ContextClosedEvent> {

	private static final Duration PERIOD = Duration.ofSeconds(1);

	private final AtomicInteger readers = new AtomicInteger();

	private final Sinks.Empty<Void> end = Sinks.empty();

	private final OverviewJson overview;

	ReactiveOverviewStream(OverviewJson overview) {
		this.overview = overview;
	}

	/**
	 * Begins a stream. It is the body of a response, since of a stream that is the
	 * response itself all events would be collected first.
	 * @return the stream, until its reader goes
	 * @throws InvalidEndpointRequestException if too many read already
	 */
	@ReadOperation(produces = "text/event-stream")
	public WebEndpointResponse<Flux<ServerSentEvent<String>>> stream() {
		OverviewJson.requireRoom(this.readers.get() + 1);
		return new WebEndpointResponse<>(Flux.defer(this::events), MediaType.TEXT_EVENT_STREAM);
	}

	private Flux<ServerSentEvent<String>> events() {
		if (this.readers.incrementAndGet() > OverviewJson.MOST) {
			this.readers.decrementAndGet();
			return Flux.empty();
		}
		return Flux.interval(Duration.ZERO, PERIOD, Schedulers.boundedElastic())
			.onBackpressureDrop()
			.map((tick) -> ServerSentEvent.builder(this.overview.get()).build())
			.takeUntilOther(this.end.asMono())
			.doFinally((signal) -> this.readers.decrementAndGet());
	}

	@Override
	public void onApplicationEvent(ContextClosedEvent event) {
		if (this.overview.isEnd(event)) {
			this.end.tryEmitEmpty();
		}
	}

}
