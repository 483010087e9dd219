package io.scalesrpc.kafka;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

import io.scalesrpc.kafka.KafkaMethodSpec.Parameters;
import io.scalesrpc.kafka.KafkaMethodSpec.Result;
import io.scalesrpc.protocol.MethodShape;
import io.scalesrpc.protocol.UnfitInterfaceException;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.jspecify.annotations.Nullable;

/**
 * Finds out which records the methods of an interface send: those of
 * {@link ScalesKafkaClient}, and others that look like them. <em>Stateless</em>.
 */
final class KafkaContract {

	private static final String EXPECTED = "put or putAsync with (String topic, payload), (topic, key, payload),"
			+ " (topic, key, payload, Map headers) or (topic, List payloads), with CallOptions before or after, that returns RecordMetadata, for a List"
			+ " List<RecordMetadata>, or a CompletableFuture or Mono of it;"
			+ " interfaces with @SendTo need Spring and spring-messaging on the class path";

	private KafkaContract() {
	}

	static Map<Method, KafkaMethodSpec> bind(Class<?> type) {
		List<Method> own = Arrays.stream(type.getMethods())
			.filter((method) -> Modifier.isAbstract(method.getModifiers()))
			.toList();
		return UnfitInterfaceException.each(type, own, (method) -> {
			KafkaMethodSpec spec = spec(type, method);
			if (spec == null) {
				throw new IllegalArgumentException(type.getName() + "." + method.getName()
						+ ": no method that sends records (expected: " + EXPECTED + ")");
			}
			return spec;
		});
	}

	/** Whether an interface could be bound. */
	static boolean fits(Class<?> type) {
		return type.isInterface() && Arrays.stream(type.getMethods())
			.allMatch((method) -> !Modifier.isAbstract(method.getModifiers()) || spec(type, method) != null);
	}

	private static @Nullable KafkaMethodSpec spec(Class<?> type, Method method) {
		String name = method.getName();
		String base = name.endsWith("Async") ? name.substring(0, name.length() - "Async".length()) : name;
		MethodShape shape = new MethodShape(method);
		List<Class<?>> parameters = shape.parameterTypes();
		Result result = result(shape);
		if (!base.equals("put") || result == null || parameters.size() < 2 || parameters.size() > 4
				|| parameters.get(0) != String.class) {
			return null;
		}
		if (parameters.size() == 4 && parameters.get(3) != Map.class) {
			return null;
		}
		boolean list = parameters.size() == 2 && parameters.get(1) == List.class;
		if (list != (result == Result.RECORDS)) {
			return null;
		}
		return new KafkaMethodSpec(type.getName(), base, null, parameters(parameters.size()), result);
	}

	private static Parameters parameters(int count) {
		return switch (count) {
			case 2 -> new Parameters(0, -1, 1, -1, List.of());
			case 3 -> new Parameters(0, 1, 2, -1, List.of());
			default -> new Parameters(0, 1, 2, 3, List.of());
		};
	}

	private static @Nullable Result result(MethodShape shape) {
		if (shape.isMany()) {
			return null;
		}
		Type result = shape.value();
		if (result == RecordMetadata.class) {
			return Result.RECORD;
		}
		return (result instanceof ParameterizedType list && list.getRawType() == List.class
				&& list.getActualTypeArguments()[0] == RecordMetadata.class) ? Result.RECORDS : null;
	}

}
