package io.scalesrpc.spring.kafka;

import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.List;

import io.scalesrpc.kafka.KafkaMethodSpec.Result;
import io.scalesrpc.protocol.MethodShape;
import org.apache.kafka.clients.producer.RecordMetadata;

/**
 * Finds out what a method that sends records returns. <em>Stateless</em>.
 */
final class SendingResult {

	private SendingResult() {
	}

	static Result of(Class<?> type, Method method, boolean list) {
		Type result = new MethodShape(method).value();
		if (result == void.class) {
			return list ? Result.DETACHED_RECORDS : Result.DETACHED;
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
