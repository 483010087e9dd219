package io.scalesrpc.spring.endpoint;

import java.util.function.Supplier;

import com.fasterxml.jackson.annotation.JsonInclude;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;
import org.springframework.boot.actuate.endpoint.jackson.EndpointJsonMapper;
import org.springframework.context.ApplicationContext;
import org.springframework.context.event.ContextClosedEvent;

/**
 * What streams send: the overview as it is now, as the endpoint answers. What is not
 * known is absent. <em>Thread-safe</em>.
 *
 * @param endpoint is asked
 * @param mapper writes it
 * @param application whose end is that of streams
 */
record OverviewJson(ScalesEndpoint endpoint, JsonMapper mapper,
		ApplicationContext application) implements Supplier<String> {

	/** How many may read a stream at a time. */
	static final int MOST = 16;

	static OverviewJson of(ScalesEndpoint endpoint, ObjectProvider<EndpointJsonMapper> mappers,
			ApplicationContext application) {
		EndpointJsonMapper ofEndpoints = mappers.getIfAvailable();
		JsonMapper mapper = (ofEndpoints != null) ? ofEndpoints.get()
				: JsonMapper.builder()
					.changeDefaultPropertyInclusion((all) -> all.withValueInclusion(JsonInclude.Include.NON_NULL))
					.build();
		return new OverviewJson(endpoint, mapper, application);
	}

	@Override
	public String get() {
		return this.mapper.writeValueAsString(this.endpoint.overview(null));
	}

	/** Whether streams are over: parents are told of the end of their children, too. */
	boolean isEnd(ContextClosedEvent event) {
		return event.getApplicationContext().equals(this.application);
	}

	/**
	 * Refuses one reader too many.
	 * @param readers how many there would be
	 */
	static void requireRoom(int readers) {
		if (readers > MOST) {
			String text = "readers: " + readers + " (expected: at most " + MOST + ")";
			throw new InvalidEndpointRequestException(text, text);
		}
	}

}
