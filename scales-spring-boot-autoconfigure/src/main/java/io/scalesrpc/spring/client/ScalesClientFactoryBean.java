package io.scalesrpc.spring.client;

import java.util.concurrent.atomic.AtomicReference;

import io.scalesrpc.client.FallbackSettings;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.BeanFactoryAware;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.SmartFactoryBean;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;

/**
 * The bean definition of a client interface. It is eager, so that a client that cannot be
 * made stops the start and not the first call. Public for generated code only.
 * <em>Thread-safe</em>.
 *
 * @param <T> the interface
 */
public final class ScalesClientFactoryBean<T> implements SmartFactoryBean<T>, BeanFactoryAware, DisposableBean {

	private final Class<T> type;

	private final String client;

	private final Class<?> service;

	private @Nullable BeanFactory beanFactory;

	private @Nullable FallbackAssembler fallbacks;

	private final AtomicReference<@Nullable T> proxy = new AtomicReference<>();

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
		if (beanFactory instanceof ConfigurableListableBeanFactory beans) {
			this.fallbacks = new FallbackAssembler(beans);
		}
	}

	/** Spring keeps no object of a smart factory, since it could be of many types. */
	@Override
	public T getObject() {
		T existing = this.proxy.get();
		if (existing != null) {
			return existing;
		}
		if (this.beanFactory == null) {
			throw new IllegalStateException("beanFactory: none (expected: to be a bean)");
		}
		FallbackSettings<T> fallback = (this.fallbacks != null) ? this.fallbacks.assemble(this.client, this.type)
				: null;
		T made = this.beanFactory.getBean(ScalesClientRegistry.class).proxy(declaration(), fallback);
		T earlier = this.proxy.compareAndExchange(null, made);
		return (earlier != null) ? earlier : made;
	}

	/** Gives back the fallback that was made for this client; a bean is Spring's. */
	@Override
	public void destroy() {
		if (this.fallbacks != null) {
			this.fallbacks.close();
		}
	}

	@Override
	public Class<T> getObjectType() {
		return this.type;
	}

	@Override
	public boolean isEagerInit() {
		return true;
	}

	ClientDeclaration<T> declaration() {
		return new ClientDeclaration<>(this.client, this.type, (this.service != void.class) ? this.service : null);
	}

}
