package io.scalesrpc.spring.kafka;

import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Set;

import io.scalesrpc.kafka.KafkaMethodSpec.Result;
import org.apache.kafka.clients.producer.RecordMetadata;

/**
 * Finds out what a method that sends records returns. <em>Stateless</em>.
 */
final class SendingResult {

	private static final Set<String> LATER = Set.of("java.util.concurrent.CompletableFuture",
			"java.util.concurrent.CompletionStage", "reactor.core.publisher.Mono");

	private SendingResult() {
	}

	static Result of(Class<?> type, Method method, boolean list) {
		Type result = method.getGenericReturnType();
		if (result == void.class) {
			return list ? Result.DETACHED_RECORDS : Result.DETACHED;
		}
		if (LATER.contains(method.getReturnType().getName()) && result instanceof ParameterizedType later) {
			result = later.getActualTypeArguments()[0];
		}
		if (result == Void.class) {
			return list ? Result.NOTHING_OF_RECORDS : Result.NOTHING;
		}
		if (list ? isListOfMetadata(result) : result == RecordMetadata.class) {
			return list ? Result.RECORDS : Result.RECORD;
		}
		throw SendingInterface.problem(type, method, "result", method.getGenericReturnType().getTypeName(),
				(list ? "List<RecordMetadata>, since every element of a List is a record of its own (an array is one)"
						: "RecordMetadata") + " or Void, or a CompletableFuture or Mono of it; or void, not to wait");
	}

	private static boolean isListOfMetadata(Type result) {
		return result instanceof ParameterizedType list && list.getRawType() == List.class
				&& list.getActualTypeArguments()[0] == RecordMetadata.class;
	}

}
