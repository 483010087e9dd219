package io.scalesrpc.spring.endpoint;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import io.scalesrpc.call.Checks;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.web.annotation.EndpointWebExtension;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationListener;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/**
 * The overview once a second, for whoever asks the endpoint for
 * {@code text/event-stream}. Each reader has a thread, since a slow one is waited for;
 * without readers there is none. When the application closes they are let go before the
 * web server waits for them. <em>Thread-safe</em>.
 */
@EndpointWebExtension(endpoint = ScalesEndpoint.class)
public final class OverviewStream implements ApplicationListener<ContextClosedEvent> {

	/** How many may read at a time. */
	static final int MOST = 16;

	private final Set<OverviewReader> readers = ConcurrentHashMap.newKeySet();

	private final ScalesEndpoint endpoint;

	private final JsonMapper json;

	private final ApplicationContext context;

	/**
	 * Creates a stream without readers.
	 * @param endpoint what is read
	 * @param json writes it
	 * @param context whose end is that of all readers; its children come and go
	 */
	OverviewStream(ScalesEndpoint endpoint, JsonMapper json, ApplicationContext context) {
		this.endpoint = endpoint;
		this.json = json;
		this.context = context;
	}

	/**
	 * Begins a stream.
	 * @return the stream, until its reader goes
	 * @throws InvalidEndpointRequestException if too many read already
	 */
	@ReadOperation(produces = "text/event-stream")
	public SseEmitter stream() {
		OverviewReader reader = new OverviewReader(() -> this.json.writeValueAsString(this.endpoint.overview(null)),
				this.readers::remove);
		this.readers.add(reader);
		try {
			Checks.require(this.readers.size() <= MOST, "readers", this.readers.size(), "at most " + MOST);
		}
		catch (IllegalArgumentException ex) {
			this.readers.remove(reader);
			String text = String.valueOf(ex.getMessage());
			throw new InvalidEndpointRequestException(text, text, ex);
		}
		return reader.start();
	}

	@Override
	public void onApplicationEvent(ContextClosedEvent event) {
		if (event.getApplicationContext() == this.context) {
			this.readers.forEach(OverviewReader::end);
		}
	}

}
