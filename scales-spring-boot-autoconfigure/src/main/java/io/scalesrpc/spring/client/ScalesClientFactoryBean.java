package io.scalesrpc.spring.client;

import io.scalesrpc.client.fallback.FallbackSettings;
import io.scalesrpc.spring.ScalesConfigurationException;
import io.scalesrpc.spring.client.declaration.ClientDeclaration;
import io.scalesrpc.spring.client.declaration.FallbackAssembler;
import io.scalesrpc.spring.client.declaration.FallbackDeclaration;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.BeanFactoryAware;
import org.springframework.beans.factory.BeanNameAware;
import org.springframework.beans.factory.FactoryBean;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;

/**
 * The bean definition of a client interface. Its product is a singleton like any other:
 * Spring keeps it and processes it once. {@link EagerClients} asks for it at the start.
 * Public for generated code only. <em>Thread-safe</em>.
 *
 * @param <T> the interface
 */
public final class ScalesClientFactoryBean<T>
		implements ClientDeclaration.Source, FactoryBean<T>, BeanFactoryAware, BeanNameAware {

	private final Class<T> type;

	private final String client;

	private final Class<?> service;

	private @Nullable BeanFactory beanFactory;

	private @Nullable String beanName;

	/**
	 * Makes the definition of a client bean.
	 * @param type the interface
	 * @param client the client's name
	 * @param service the generated class of the service, or {@code void}
	 */
	public ScalesClientFactoryBean(Class<T> type, String client, Class<?> service) {
		this.type = type;
		this.client = client;
		this.service = service;
	}

	@Override
	public void setBeanFactory(BeanFactory beanFactory) {
		this.beanFactory = beanFactory;
	}

	@Override
	public void setBeanName(String name) {
		this.beanName = name;
	}

	@Override
	public T getObject() {
		if (!(this.beanFactory instanceof ConfigurableListableBeanFactory beans)) {
			throw new IllegalStateException("beanFactory: " + this.beanFactory + " (expected: that of a context)");
		}
		ScalesClientRegistry registry = beans.getBeanProvider(ScalesClientRegistry.class).getIfAvailable();
		if (registry == null) {
			throw withoutRegistry();
		}
		outlivedByResources(beans, registry);
		return registry.proxy(declaration(), fallback(beans, registry));
	}

	private @Nullable FallbackSettings<T> fallback(ConfigurableListableBeanFactory beans,
			ScalesClientRegistry registry) {
		FallbackDeclaration declared = FallbackDeclaration.of(this.type);
		if (declared == null) {
			return null;
		}
		FallbackAssembler fallbacks = new FallbackAssembler(beans);
		FallbackSettings<T> fallback = fallbacks.assemble(this.client, this.type, declared);
		registry.afterwards(fallbacks::close);
		return fallback;
	}

	/** Threads of the application's own are closed by Spring: after who calls. */
	private void outlivedByResources(ConfigurableListableBeanFactory beans, ScalesClientRegistry registry) {
		if (this.beanName != null) {
			for (String resources : registry.resources()) {
				beans.registerDependentBean(resources, this.beanName);
			}
		}
	}

	private ScalesConfigurationException withoutRegistry() {
		return new ScalesConfigurationException(this.client, null,
				"the interface " + this.type.getName()
						+ " is asked for, but ScalesClientsAutoConfiguration is no part of this context (expected: an"
						+ " application with auto-configuration; the test of a slice, such as @WebMvcTest, has none of"
						+ " it)",
				"Replace the client in the test by @MockitoBean " + this.type.getSimpleName()
						+ ", or add @AutoConfigureScalesClients, which makes it as the application does.",
				null);
	}

	@Override
	public Class<T> getObjectType() {
		return this.type;
	}

	@Override
	public ClientDeclaration<T> declaration() {
		return new ClientDeclaration<>(this.client, this.type, (this.service != void.class) ? this.service : null);
	}

}
