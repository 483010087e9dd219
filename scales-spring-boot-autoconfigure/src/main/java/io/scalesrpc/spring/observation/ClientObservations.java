package io.scalesrpc.spring.observation;

import io.micrometer.observation.ObservationRegistry;
import io.scalesrpc.client.ClientBuilder;
import io.scalesrpc.observation.ObservationSettings;
import io.scalesrpc.observation.ScalesClientObservationConvention;
import io.scalesrpc.spring.settings.ScalesProperties;

import org.springframework.beans.factory.BeanCurrentlyInCreationException;
import org.springframework.beans.factory.ObjectProvider;

/**
 * How clients are observed: by the application's registry, if there is one, with the
 * convention that is a bean, if there is one. <em>Thread-safe</em>.
 */
public final class ClientObservations {

	private final ScalesProperties properties;

	private final ObjectProvider<ObservationRegistry> registries;

	private final ObjectProvider<ScalesClientObservationConvention> conventions;

	ClientObservations(ScalesProperties properties, ObjectProvider<ObservationRegistry> registries,
			ObjectProvider<ScalesClientObservationConvention> conventions) {
		this.properties = properties;
		this.registries = registries;
		this.conventions = conventions;
	}

	/**
	 * Has a client observed that is about to be made.
	 * @param builder its builder
	 */
	public void apply(ClientBuilder<?> builder) {
		builder.contextPropagation(this.properties.contextPropagation());
		builder.rpcMeters(this.properties.observation().rpcMeters());
		ObservationRegistry registry = this.properties.observation().enabled() ? registry(this.registries)
				: ObservationRegistry.NOOP;
		if (registry.equals(ObservationRegistry.NOOP)) {
			return;
		}
		builder.observations(new ObservationSettings(registry, this.conventions.getIfAvailable(),
				this.properties.observation().attemptSpans()));
	}

	/** A client that is needed to make the registry is not observed. */
	static ObservationRegistry registry(ObjectProvider<ObservationRegistry> registries) {
		try {
			return registries.getIfUnique(() -> ObservationRegistry.NOOP);
		}
		catch (BeanCurrentlyInCreationException ex) {
			return ObservationRegistry.NOOP;
		}
	}

}
