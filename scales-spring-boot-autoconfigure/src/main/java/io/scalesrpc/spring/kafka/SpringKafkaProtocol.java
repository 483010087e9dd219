package io.scalesrpc.spring.kafka;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Stream;

import io.scalesrpc.call.InvalidSettingException;
import io.scalesrpc.call.MethodSpec;
import io.scalesrpc.discovery.ServerSet;
import io.scalesrpc.kafka.KafkaProtocol;
import io.scalesrpc.kafka.ScalesKafkaClient;
import io.scalesrpc.protocol.Balancers;
import io.scalesrpc.protocol.Destination;
import io.scalesrpc.protocol.Protocol;
import io.scalesrpc.protocol.ProtocolEnvironment;
import io.scalesrpc.protocol.UnfitInterfaceException;
import io.scalesrpc.transport.ConnectionFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.util.ClassUtils;
import org.springframework.util.StringValueResolver;

/**
 * The protocol {@code kafka} where interfaces may have Spring Messaging's annotations.
 * <em>Immutable</em>.
 *
 * @param protocol sends the records
 * @param topics topics by the names of methods, from settings
 * @param anyPayload whether there is somebody who makes bytes of payloads of any class
 * @param placeholders resolves those in annotations
 * @param interfaces gives the client interfaces of the application: several may share a
 * client, and settings of methods are for all
 */
record SpringKafkaProtocol(KafkaProtocol protocol, Map<String, String> topics, boolean anyPayload,
		StringValueResolver placeholders, Supplier<List<Class<?>>> interfaces) implements Protocol {

	private static final boolean HAS_MESSAGING = ClassUtils.isPresent(
			"org.springframework.messaging.handler.annotation.SendTo", SpringKafkaProtocol.class.getClassLoader());

	@Override
	public String name() {
		return this.protocol.name();
	}

	@Override
	public String exampleUri() {
		return this.protocol.exampleUri();
	}

	@Override
	public Map<Method, ? extends MethodSpec> bind(Class<?> clientInterface, @Nullable Class<?> service) {
		if (!isSending(clientInterface)) {
			return bindPlain(clientInterface, isSending(service) ? null : service);
		}
		SendingInterface ofSpring = new SendingInterface(clientInterface, topics(clientInterface), this.placeholders);
		Map<Method, ? extends MethodSpec> methods = ofSpring.bind();
		if (!this.anyPayload) {
			ofSpring.requirePlainPayloads();
		}
		return methods;
	}

	/**
	 * Topics by the methods that are meant, as other settings of methods find them: by
	 * letters and digits, where only one can be meant. A topic for a method that is not
	 * there would go unseen, and the method without.
	 */
	private Map<String, String> topics(Class<?> clientInterface) {
		SortedSet<String> known = new TreeSet<>();
		Stream.concat(Stream.of(clientInterface), this.interfaces.get().stream())
			.flatMap((type) -> Arrays.stream(type.getMethods()))
			.forEach((method) -> known.add(method.getName()));
		Map<String, String> resolved = new LinkedHashMap<>();
		this.topics.forEach((name, topic) -> resolved.put(resolved(name, known), topic));
		// One that is written as the method is comes first.
		this.topics.forEach((name, topic) -> resolved.replace(name, topic));
		return resolved;
	}

	private static String resolved(String name, SortedSet<String> known) {
		List<String> meant = known.contains(name) ? List.of(name)
				: known.stream().filter((method) -> uniform(method).equals(uniform(name))).toList();
		if (meant.size() != 1) {
			throw InvalidSettingException.of("methodOption", name, "one of " + known)
				.about("methods." + name)
				.knowing(known);
		}
		return meant.get(0);
	}

	private static String uniform(String name) {
		return name.replaceAll("[^A-Za-z0-9]", "").toLowerCase(Locale.ROOT);
	}

	/** An annotation whose class is missing is not there at all. */
	private Map<Method, ? extends MethodSpec> bindPlain(Class<?> clientInterface, @Nullable Class<?> service) {
		try {
			return this.protocol.bind(clientInterface, service);
		}
		catch (UnfitInterfaceException ex) {
			if (HAS_MESSAGING) {
				throw ex;
			}
			throw InvalidSettingException.withoutLibrary(ex.type().getName(),
					"no method that sends records can be seen", "org.springframework:spring-messaging", ex);
		}
	}

	/** Without the annotations nobody can say so. */
	private boolean isSending(@Nullable Class<?> type) {
		return HAS_MESSAGING && type != null && new SendingInterface(type, topics(type), this.placeholders).isOne();
	}

	@Override
	public Collection<? extends MethodSpec> methods(Class<?> clientInterface, @Nullable Class<?> service) {
		List<MethodSpec> all = new ArrayList<>(bind(clientInterface, service).values());
		all.addAll(this.protocol.bind(ScalesKafkaClient.class, null).values());
		for (Class<?> type : this.interfaces.get()) {
			if (HAS_MESSAGING && new SendingInterface(type, Map.of(), this.placeholders).isOne()) {
				all.addAll(new SendingInterface(type, topics(type), this.placeholders).bind().values());
			}
		}
		return all;
	}

	@Override
	public boolean isDetached(MethodSpec method) {
		return this.protocol.isDetached(method);
	}

	@Override
	public Set<String> options(Map<String, String> given) {
		return this.protocol.options(given);
	}

	@Override
	public Map<String, String> settings() {
		return this.protocol.settings();
	}

	@Override
	public Map<String, String> inapplicable() {
		return this.protocol.inapplicable();
	}

	@Override
	public Map<String, String> unheeded(Map<String, String> options) {
		return this.protocol.unheeded(options);
	}

	@Override
	public ConnectionFactory connections(ProtocolEnvironment environment) {
		return this.protocol.connections(environment);
	}

	@Override
	public Destination destination(ProtocolEnvironment environment, ServerSet members, Balancers balancers) {
		return this.protocol.destination(environment, members, balancers);
	}

}
