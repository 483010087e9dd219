package io.scalesrpc.kafka;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

import io.scalesrpc.call.CallOptions;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Which records methods send, without a broker. */
class KafkaContractTests {

	@Test
	void optionsOfCallsAreNoPartOfARecord() {
		assertThat(KafkaContract.bind(WithOptions.class).values()).extracting(KafkaMethodSpec::parameters)
			.containsExactlyInAnyOrder(new KafkaMethodSpec.Parameters(0, -1, 1, -1, List.of()),
					new KafkaMethodSpec.Parameters(0, 1, 2, 3, List.of()));
	}

	/** Methods that take options of the call. */
	interface WithOptions {

		RecordMetadata put(String topic, String payload, CallOptions options);

		CompletableFuture<RecordMetadata> putAsync(CallOptions options, String topic, Object key, Object payload,
				Map<String, ?> headers);

	}

}
