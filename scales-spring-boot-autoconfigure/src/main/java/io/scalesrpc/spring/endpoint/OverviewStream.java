package io.scalesrpc.spring.endpoint;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.web.annotation.EndpointWebExtension;
import org.springframework.context.ApplicationListener;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/**
 * The overview once a second over Spring MVC, for whoever asks the endpoint for
 * {@code text/event-stream}. Each reader has a thread, since a slow one is waited for;
 * without readers there is none. When the application closes they are let go before the
 * web server waits for them. <em>Thread-safe</em>.
 */
@EndpointWebExtension(endpoint = ScalesEndpoint.class)
public final class OverviewStream implements ApplicationListener<ContextClosedEvent> {

	private final Set<OverviewReader> readers = ConcurrentHashMap.newKeySet();

	private final OverviewJson overview;

	private volatile boolean ended;

	OverviewStream(OverviewJson overview) {
		this.overview = overview;
	}

	/**
	 * Begins a stream.
	 * @return the stream, until its reader goes
	 * @throws InvalidEndpointRequestException if too many read already
	 */
	@ReadOperation(produces = "text/event-stream")
	public SseEmitter stream() {
		OverviewReader reader = new OverviewReader(this.overview, this.readers::remove);
		this.readers.add(reader);
		try {
			OverviewJson.requireRoom(this.readers.size());
		}
		catch (InvalidEndpointRequestException ex) {
			this.readers.remove(reader);
			throw ex;
		}
		if (this.ended) {
			// Whoever ended the readers may not have seen this one.
			reader.end();
		}
		return reader.start();
	}

	@Override
	public void onApplicationEvent(ContextClosedEvent event) {
		if (this.overview.isEnd(event)) {
			this.ended = true;
			this.readers.forEach(OverviewReader::end);
		}
	}

}
