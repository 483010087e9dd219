package io.scalesrpc.spring.client.declaration;

import io.scalesrpc.client.fallback.FallbackFactory;
import io.scalesrpc.client.fallback.FallbackSettings;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;

/**
 * Makes the fallback of an interface: the bean of its class, or an object that Spring
 * makes and this gives back. <em>Confined to the thread that starts and stops the
 * application</em>.
 */
public final class FallbackAssembler {

	private final ConfigurableListableBeanFactory beans;

	private @Nullable Object made;

	public FallbackAssembler(ConfigurableListableBeanFactory beans) {
		this.beans = beans;
	}

	public <T> FallbackSettings<T> assemble(String client, Class<T> type, FallbackDeclaration declaration) {
		declaration.check(client);
		FallbackFactory<T> factory = factory(client, type, declaration);
		try {
			return FallbackSettings.<T>of(factory).withKinds(declaration.on());
		}
		catch (IllegalArgumentException ex) {
			throw declaration.problem(client, String.valueOf(ex.getMessage()),
					"Correct fallbackOn in the @ScalesClient of " + type.getName() + ".");
		}
	}

	@SuppressWarnings("unchecked")
	private <T> FallbackFactory<T> factory(String client, Class<T> type, FallbackDeclaration declaration) {
		Object object = object(client, declaration);
		if (declaration.isFactory()) {
			return (FallbackFactory<T>) object;
		}
		T standIn = type.cast(object);
		return (cause) -> standIn;
	}

	private Object object(String client, FallbackDeclaration declaration) {
		Class<?> implementation = declaration.implementation();
		String[] names = this.beans.getBeanNamesForType(implementation, true, false);
		if (names.length == 0) {
			Object object = this.beans.createBean(implementation);
			this.made = object;
			return object;
		}
		Object bean = (names.length == 1) ? this.beans.getBean(names[0])
				: this.beans.getBeanProvider(implementation).getIfUnique();
		if (bean == null) {
			throw declaration.problem(client,
					implementation.getName() + " is several beans: " + String.join(", ", names) + " (expected: one)",
					"Mark one of them @Primary.");
		}
		return bean;
	}

	public void close() {
		if (this.made != null) {
			this.beans.destroyBean(this.made);
		}
	}

}
