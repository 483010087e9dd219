package io.scalesrpc.spring.kafka;

import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.scalesrpc.kafka.KafkaMethodSpec.HeaderParameter;
import io.scalesrpc.kafka.KafkaMethodSpec.Parameters;
import io.scalesrpc.protocol.MethodShape;
import io.scalesrpc.protocol.OptionsParameter;

import org.springframework.messaging.handler.annotation.Header;
import org.springframework.messaging.handler.annotation.Headers;
import org.springframework.messaging.handler.annotation.Payload;
import org.springframework.util.StringValueResolver;

/**
 * Finds out what the parameters of a method are. <em>Confined to one thread.</em>
 */
final class SendingParameters {

	/** The constants of Spring Kafka's {@code KafkaHeaders}, which need not be there. */
	private static final String KEY = "kafka_messageKey";

	private static final String TOPIC = "kafka_topic";

	/** Its other constants, for what a record has beside headers. */
	private static final String OTHERS = "kafka_";

	private static final int NONE = -1;

	private final Class<?> type;

	private final Method method;

	private final StringValueResolver placeholders;

	private final List<HeaderParameter> named = new ArrayList<>();

	private int topic = NONE;

	private int key = NONE;

	private int payload = NONE;

	private int headers = NONE;

	private SendingParameters(Class<?> type, Method method, StringValueResolver placeholders) {
		this.type = type;
		this.method = method;
		this.placeholders = placeholders;
	}

	static SendingParameters of(Class<?> type, Method method, StringValueResolver placeholders) {
		SendingParameters found = new SendingParameters(type, method, placeholders);
		List<Parameter> parameters = new MethodShape(method).parameters();
		for (int i = 0; i < parameters.size(); i++) {
			found.add(parameters.get(i), i);
		}
		return found;
	}

	private void add(Parameter parameter, int position) {
		Header header = parameter.getAnnotation(Header.class);
		if (header != null) {
			addHeader(parameter, header, position);
		}
		else if (parameter.isAnnotationPresent(Headers.class)) {
			require(Map.class.isAssignableFrom(parameter.getType()), "@Headers", parameter.getType().getName(),
					"a Map");
			this.headers = only("@Headers", this.headers, position);
		}
		else {
			this.payload = only(parameter.isAnnotationPresent(Payload.class) ? "@Payload" : "a payload", this.payload,
					position);
		}
	}

	private void addHeader(Parameter parameter, Header header, int position) {
		String written = header.name().isEmpty() ? header.value() : header.name();
		String resolved = this.placeholders.resolveStringValue(written);
		String name = (resolved != null && !resolved.isEmpty()) ? resolved : parameter.getName();
		if (name.equals(KEY)) {
			this.key = only("@Header(KafkaHeaders.KEY)", this.key, position);
		}
		else if (name.equals(TOPIC)) {
			require(parameter.getType() == String.class, "@Header(KafkaHeaders.TOPIC)", parameter.getType().getName(),
					"String");
			this.topic = only("@Header(KafkaHeaders.TOPIC)", this.topic, position);
		}
		else {
			require(!name.startsWith(OTHERS), "@Header", name,
					"KafkaHeaders.KEY, KafkaHeaders.TOPIC or a header of the record; the producer chooses partition and timestamp");
			this.named.add(new HeaderParameter(name, position));
		}
	}

	private int only(String what, int before, int position) {
		require(before == NONE, what, "parameters " + (before + 1) + " and " + (position + 1),
				"one at most; every other parameter has @Header or @Headers");
		return position;
	}

	private void require(boolean holds, String what, String value, String expected) {
		if (!holds) {
			throw SendingInterface.problem(this.type, this.method, what, value, expected);
		}
	}

	int topic() {
		return this.topic;
	}

	int payload() {
		return this.payload;
	}

	/** Its place among all that the method has, options of the call included. */
	static int placeOf(Method method, int position) {
		return (OptionsParameter.of(method).index() == 0) ? position + 1 : position;
	}

	Parameters toParameters() {
		return new Parameters(this.topic, this.key, this.payload, this.headers, this.named);
	}

}
