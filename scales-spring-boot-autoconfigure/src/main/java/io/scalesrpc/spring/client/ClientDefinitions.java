package io.scalesrpc.spring.client;

import java.beans.Introspector;
import java.util.ArrayList;
import java.util.List;

import io.scalesrpc.client.ScalesClient;
import io.scalesrpc.spring.ScalesConfigurationException;
import io.scalesrpc.spring.client.declaration.ClientCandidates;
import io.scalesrpc.spring.client.declaration.ClientDeclaration;
import io.scalesrpc.spring.client.declaration.InterfaceConditions;

import org.springframework.beans.factory.BeanDefinitionStoreException;
import org.springframework.beans.factory.FactoryBean;
import org.springframework.beans.factory.annotation.AnnotatedGenericBeanDefinition;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.context.annotation.AnnotationConfigUtils;
import org.springframework.core.ResolvableType;
import org.springframework.core.annotation.MergedAnnotation;
import org.springframework.core.annotation.MergedAnnotations;
import org.springframework.util.ClassUtils;

/**
 * Registers bean definitions of client interfaces. A bean is named like a component: the
 * simple name with its first letter in lower case, or the full name if that is taken. The
 * beans of an interface that stands for several clients are named by these, too:
 * {@code eastUsers}, {@code westUsers}. <em>Confined to the thread that starts the
 * application</em>.
 *
 * @param registry where definitions go
 * @param conditions tells which interfaces are to be left out
 */
record ClientDefinitions(BeanDefinitionRegistry registry, InterfaceConditions conditions) {

	/** Registers an interface by its annotation. */
	void register(Class<?> type) {
		MergedAnnotation<ScalesClient> annotation = MergedAnnotations.from(type).get(ScalesClient.class);
		if (!annotation.isPresent()) {
			throw new BeanDefinitionStoreException("clients: " + type.getName()
					+ " (expected: an interface with @ScalesClient, or @ImportScalesClients to name its client)");
		}
		register(type, annotation.getString("value"), annotation.getClass("service"));
	}

	/** Registers an interface, unless a condition on it does not hold. */
	void register(Class<?> type, String client, Class<?> service) {
		if (!type.isInterface()) {
			throw refusal(client,
					type.getName() + ": a class (expected: an interface for client '" + client
							+ "'; a client is called through an interface)",
					"Make " + type.getName() + " an interface, and let Spring inject the client where it is called.");
		}
		if (client.isBlank()) {
			throw refusal("",
					"@ScalesClient of " + type.getName() + ": '" + client + "' (expected: the name of a client)",
					"Write the name of its settings, those below 'scales.clients.<name>', into the annotation of "
							+ type.getName() + ".");
		}
		if (client.contains("${")) {
			throw refusal(client,
					"@ScalesClient of " + type.getName() + ": " + client
							+ " (expected: a name; placeholders are not resolved there)",
					"Write the name itself into the annotation of " + type.getName()
							+ ", and what differs between environments below 'scales.clients.<name>'.");
		}
		if (!this.conditions.hold(type)) {
			return;
		}
		registerOnce(EagerClients.class);
		registerOnce(ClientCandidates.class);
		List<String> sameType = new ArrayList<>();
		for (String name : this.registry.getBeanDefinitionNames()) {
			BeanDefinition existing = this.registry.getBeanDefinition(name);
			ClientDeclaration<?> declaration = type.equals(existing.getAttribute(FactoryBean.OBJECT_TYPE_ATTRIBUTE))
					? ClientDeclaration.of(existing) : null;
			if (declaration != null) {
				if (declaration.client().equals(client)) {
					foundAgain(existing, declaration, service);
					return;
				}
				sameType.add(name);
			}
		}
		sameType.forEach(this::nameByClient);
		register(definition(type, client, service), type, sameType.isEmpty() ? "" : client);
	}

	/** Beans cannot be defined, and somebody is to be told why. */
	private static BeanDefinitionStoreException refusal(String client, String reason, String remedy) {
		return new BeanDefinitionStoreException(reason,
				new ScalesConfigurationException(client, null, reason, remedy, null));
	}

	/** Registers what clients need to be opened and injected, in any context. */
	void registerOnce(Class<?> infrastructure) {
		if (!this.registry.containsBeanDefinition(infrastructure.getName())) {
			RootBeanDefinition definition = new RootBeanDefinition(infrastructure);
			definition.setRole(BeanDefinition.ROLE_INFRASTRUCTURE);
			this.registry.registerBeanDefinition(infrastructure.getName(), definition);
		}
	}

	/**
	 * The same interface may be found twice: by annotations with a common package, or
	 * once by each of two modules.
	 */
	private static void foundAgain(BeanDefinition existing, ClientDeclaration<?> declaration, Class<?> service) {
		if (declaration.service() == null) {
			existing.getConstructorArgumentValues().addIndexedArgumentValue(2, service);
		}
		else if (service != void.class && !service.equals(declaration.service())) {
			throw new BeanDefinitionStoreException("service: " + declaration.service().getName() + " and "
					+ service.getName() + " for the interface " + declaration.type().getName() + " of client '"
					+ declaration.client() + "' (expected: one of both)");
		}
	}

	private void nameByClient(String name) {
		BeanDefinition existing = this.registry.getBeanDefinition(name);
		ClientDeclaration<?> declaration = ClientDeclaration.of(existing);
		if (declaration != null && !name.equals(declaration.client() + ClassUtils.getShortName(declaration.type()))) {
			this.registry.removeBeanDefinition(name);
			register(existing, declaration.type(), declaration.client());
		}
	}

	private void register(BeanDefinition definition, Class<?> type, String client) {
		String shortName = ClassUtils.getShortName(type);
		String name = client.isEmpty() ? Introspector.decapitalize(shortName) : client + shortName;
		boolean taken = this.registry.containsBeanDefinition(name);
		this.registry.registerBeanDefinition(taken ? (client + " " + type.getName()).trim() : name, definition);
	}

	private static RootBeanDefinition definition(Class<?> type, String client, Class<?> service) {
		RootBeanDefinition definition = new RootBeanDefinition(ScalesClientFactoryBean.class);
		definition.setTargetType(ResolvableType.forClassWithGenerics(ScalesClientFactoryBean.class, type));
		definition.setAttribute(FactoryBean.OBJECT_TYPE_ATTRIBUTE, type);
		definition.getConstructorArgumentValues().addIndexedArgumentValue(0, type);
		definition.getConstructorArgumentValues().addIndexedArgumentValue(1, client);
		definition.getConstructorArgumentValues().addIndexedArgumentValue(2, service);
		definition.setResourceDescription("client '" + client + "', interface " + type.getName());
		AnnotatedGenericBeanDefinition annotated = new AnnotatedGenericBeanDefinition(type);
		AnnotationConfigUtils.processCommonDefinitionAnnotations(annotated);
		definition.setPrimary(annotated.isPrimary());
		definition.setFallback(annotated.isFallback());
		definition.setDependsOn(annotated.getDependsOn());
		definition.setDescription(annotated.getDescription());
		if (annotated.getLazyInit() != null) {
			definition.setLazyInit(annotated.isLazyInit());
		}
		return definition;
	}

}
