package io.scalesrpc.spring.kafka;

import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import io.scalesrpc.kafka.KafkaMethodSpec;
import io.scalesrpc.protocol.OptionsParameter;
import io.scalesrpc.protocol.UnfitInterfaceException;
import org.jspecify.annotations.Nullable;

import org.springframework.core.ResolvableType;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.messaging.handler.annotation.Header;
import org.springframework.messaging.handler.annotation.Headers;
import org.springframework.messaging.handler.annotation.Payload;
import org.springframework.messaging.handler.annotation.SendTo;
import org.springframework.util.StringValueResolver;

/**
 * An interface whose methods send records, as Spring Messaging's annotations and settings
 * say it. <em>Immutable</em>.
 *
 * @param type the interface
 * @param topics topics by the names of methods, from settings; they come first
 * @param placeholders resolves those in annotations
 */
record SendingInterface(Class<?> type, Map<String, String> topics, StringValueResolver placeholders) {

	private static final Set<Class<?>> PLAIN = Set.of(byte[].class, String.class, CharSequence.class, Object.class);

	private static final List<Class<? extends Annotation>> OF_PARAMETERS = List.of(Header.class, Headers.class,
			Payload.class);

	/**
	 * Whether anything of it is Spring Messaging's, or a setting names one of its
	 * methods.
	 */
	boolean isOne() {
		return AnnotatedElementUtils.hasAnnotation(this.type, SendTo.class) || methods().anyMatch(this::isMarked);
	}

	private boolean isMarked(Method method) {
		return this.topics.containsKey(method.getName()) || AnnotatedElementUtils.hasAnnotation(method, SendTo.class)
				|| Arrays.stream(method.getParameters())
					.anyMatch((parameter) -> OF_PARAMETERS.stream().anyMatch(parameter::isAnnotationPresent));
	}

	private Stream<Method> methods() {
		return Arrays.stream(this.type.getMethods()).filter((method) -> Modifier.isAbstract(method.getModifiers()));
	}

	/**
	 * The methods as the core sees them.
	 * @throws IllegalArgumentException if one cannot send records; the text says why
	 */
	Map<Method, KafkaMethodSpec> bind() {
		return UnfitInterfaceException.each(this.type, methods().toList(), this::spec);
	}

	private KafkaMethodSpec spec(Method method) {
		SendingParameters parameters = SendingParameters.of(this.type, method, this.placeholders);
		String topic = topic(method, parameters.topic() >= 0);
		if ((topic == null) == (parameters.topic() < 0)) {
			throw problem(method, "topic", (topic != null) ? topic + " and a parameter" : "none",
					"one of @SendTo(\"orders\") on the method or the interface, methods." + method.getName()
							+ ".topic, or a parameter with @Header(KafkaHeaders.TOPIC)");
		}
		boolean list = parameters.payload() >= 0
				&& List.class.isAssignableFrom(OptionsParameter.otherTypes(method)[parameters.payload()]);
		return new KafkaMethodSpec(this.type.getName(), method.getName(), topic, parameters.toParameters(),
				SendingResult.of(this.type, method, list));
	}

	/** That of the interface is for methods that say nothing themselves. */
	private @Nullable String topic(Method method, boolean byParameter) {
		String configured = this.topics.get(method.getName());
		if (configured != null) {
			KafkaMethodSpec.requireTopic("methods." + method.getName() + ".topic", configured);
			return configured;
		}
		SendTo own = AnnotatedElementUtils.findMergedAnnotation(method, SendTo.class);
		SendTo annotation = (own != null || byParameter) ? own
				: AnnotatedElementUtils.findMergedAnnotation(this.type, SendTo.class);
		if (annotation == null) {
			return null;
		}
		if (annotation.value().length != 1) {
			throw problem(method, "@SendTo", Arrays.toString(annotation.value()), "one topic");
		}
		String topic = this.placeholders.resolveStringValue(annotation.value()[0]);
		if (topic == null || topic.isBlank()) {
			throw problem(method, "@SendTo", annotation.value()[0], "the name of a topic");
		}
		KafkaMethodSpec.requireTopic(this.type.getName() + "." + method.getName() + ": @SendTo", topic);
		return topic;
	}

	private IllegalArgumentException problem(Method method, String what, String value, String expected) {
		return problem(this.type, method, what, value, expected);
	}

	static IllegalArgumentException problem(Class<?> type, Method method, String what, String value, String expected) {
		return new IllegalArgumentException(
				type.getName() + "." + method.getName() + ": " + what + ": " + value + " (expected: " + expected + ")");
	}

	/**
	 * The types of payloads, with their type arguments. Asked for before it is known
	 * which topics they go to.
	 */
	List<Type> payloads() {
		List<Type> types = new ArrayList<>();
		methods().forEach((method) -> {
			int payload = SendingParameters.of(this.type, method, this.placeholders).payload();
			if (payload >= 0) {
				types.add(OptionsParameter.otherGenericTypes(method)[payload]);
			}
		});
		return types;
	}

	/**
	 * Refuses payloads of which nobody makes bytes.
	 * @throws IllegalArgumentException if there is one
	 */
	void requirePlainPayloads() {
		UnfitInterfaceException.each(this.type, methods().toList(),
				(method) -> requirePlainPayload(method, spec(method)));
	}

	private KafkaMethodSpec requirePlainPayload(Method method, KafkaMethodSpec spec) {
		if (spec.parameters().payload() < 0) {
			return spec;
		}
		ResolvableType type = ResolvableType.forMethodParameter(method,
				SendingParameters.placeOf(method, spec.parameters().payload()));
		Class<?> element = (spec.result().isList() ? type.asCollection().getGeneric(0) : type).resolve(Object.class);
		if (!PLAIN.contains(element)) {
			throw problem(method, "payload", element.getName(), "byte[] or String; for any other a JsonMapper, with"
					+ " org.springframework.boot:spring-boot-starter-jackson, or kafka.value-serializer");
		}
		return spec;
	}

}
