package io.scalesrpc.spring;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.bind.AbstractBindHandler;
import org.springframework.boot.context.properties.bind.BindContext;
import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.handler.NoUnboundElementsBindHandler;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.UnboundElementsSourceFilter;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/**
 * Reads no client out of what Kubernetes says of a service that is named
 * {@code scales-clients}: every pod beside it has the environment variable
 * {@code SCALES_CLIENTS_PORT=tcp://10.0.0.1:80}. <em>Stateless</em>.
 */
public final class ServiceLinks extends AbstractBindHandler {

	private static final ConfigurationPropertyName PORT = ConfigurationPropertyName.of("scales.clients.port");

	/**
	 * Makes a handler.
	 * @param parent handles all else
	 */
	public ServiceLinks(BindHandler parent) {
		super(parent);
	}

	/**
	 * Makes a handler as Spring Boot has it for properties of which none may be unknown.
	 * @return for whoever reads the properties by hand
	 */
	public static BindHandler refusingUnknown() {
		return new ServiceLinks(
				new NoUnboundElementsBindHandler(BindHandler.DEFAULT, new UnboundElementsSourceFilter()));
	}

	@Override
	public @Nullable Object onFailure(ConfigurationPropertyName name, Bindable<?> target, BindContext context,
			Exception error) throws Exception {
		boolean isLink = PORT.equals(name) && isVariable(context.getSources());
		return isLink ? null : super.onFailure(name, target, context, error);
	}

	/** The context has forgotten the property, since its parts were looked for. */
	private static boolean isVariable(Iterable<ConfigurationPropertySource> sources) {
		for (ConfigurationPropertySource source : sources) {
			if (source.getConfigurationProperty(PORT) != null) {
				return source.getUnderlyingSource() instanceof SystemEnvironmentPropertySource;
			}
		}
		return false;
	}

}
