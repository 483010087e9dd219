package io.scalesrpc.kafka;

import java.io.IOException;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

import io.scalesrpc.call.InternalCallException;
import io.scalesrpc.call.Context;
import io.scalesrpc.client.ClientBuilder;
import io.scalesrpc.client.ClientHandle;
import io.scalesrpc.client.ScalesClients;
import io.scalesrpc.protocol.ValueCodec;
import io.scalesrpc.retry.RetryBudgetSettings;
import io.scalesrpc.testing.Sockets;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowable;

/** What becomes of keys, payloads and headers, as a broker sees them. */
@Sockets
class RecordEncoderTests {

	private FakeBroker broker;

	private ClientHandle<ScalesKafkaClient> client;

	@BeforeEach
	void startBroker() throws IOException {
		this.broker = new FakeBroker();
	}

	@AfterEach
	void closeAll() throws IOException {
		if (this.client != null) {
			this.client.close();
		}
		this.broker.close();
	}

	private ScalesKafkaClient client(KafkaProtocol protocol) {
		this.client = builder(protocol).build();
		return this.client.proxy();
	}

	private ClientBuilder<ScalesKafkaClient> builder(KafkaProtocol protocol) {
		return ScalesClients.builder(ScalesKafkaClient.class).protocol(protocol).uri(this.broker.uri());
	}

	private FakeBroker.Seen last() {
		return this.broker.records().get(this.broker.records().size() - 1);
	}

	@Test
	void bytesAndTextsGoAsTheyAre() {
		ScalesKafkaClient proxy = client(new KafkaProtocol());
		proxy.put("t", "key", "text");
		assertThat(last().key()).isEqualTo("key");
		assertThat(last().value()).isEqualTo("text");
		proxy.put("t", "key".getBytes(StandardCharsets.UTF_8), "bytes".getBytes(StandardCharsets.UTF_8));
		assertThat(last().value()).isEqualTo("bytes");
		proxy.put("t", "key", null);
		assertThat(last().value()).isNull();
		proxy.put("t", (Object) "alone");
		assertThat(last().key()).isNull();
	}

	@Test
	void keysThatAreNumbersGoAsTexts() {
		ScalesKafkaClient proxy = client(new KafkaProtocol());
		proxy.put("t", 7L, "x");
		assertThat(last().key()).isEqualTo("7");
		UUID id = UUID.fromString("00000000-0000-0000-0000-000000000007");
		proxy.put("t", id, "x");
		assertThat(last().key()).isEqualTo(id.toString());
	}

	@Test
	void headersAreTextsAndNullIsNone() {
		Map<String, Object> headers = new HashMap<>();
		headers.put("tenant", "blue");
		headers.put("count", 3);
		headers.put("none", null);
		client(new KafkaProtocol()).put("t", null, "x", headers);
		assertThat(last().headers()).containsOnly(Map.entry("tenant", "blue"), Map.entry("count", "3"));
	}

	@Test
	void whatTravelsWithTheCallTravelsInHeaders() {
		ClientHandle<ScalesKafkaClient> handle = builder(new KafkaProtocol()).filter((call, next) -> {
			call.context(Context.empty().with("traceparent", "00-7".getBytes(StandardCharsets.UTF_8)));
			next.dispatch(call);
		}).build();
		this.client = handle;
		handle.proxy().put("t", (Object) "x");
		assertThat(last().headers()).containsEntry("traceparent", "00-7");
	}

	@Test
	void theDeadlineIsAHeaderIfAskedFor() {
		client(new KafkaProtocol(KafkaSettings.DEFAULT.withDeadlineHeader("deadline-ms")));
		this.client.proxy().put("t", (Object) "x");
		assertThat(Long.parseLong(last().headers().get("deadline-ms"))).isBetween(1000L, 10_000L);
		assertThat(last().timestamp()).isCloseTo(System.currentTimeMillis(), Offset.offset(60_000L));
	}

	@Test
	void otherPayloadsGoThroughTheCodec() {
		ValueCodec codec = new ValueCodec() {

			@Override
			public byte[] encode(Object value) {
				return ("<" + value + ">").getBytes(StandardCharsets.UTF_8);
			}

			@Override
			public Object decode(byte[] bytes, Type type) {
				throw new UnsupportedOperationException();
			}

		};
		client(new KafkaProtocol(KafkaSettings.DEFAULT, codec)).put("t", (Object) Duration.ofSeconds(1));
		assertThat(last().value()).isEqualTo("<PT1S>");
	}

	@Test
	void aSerializerOfKafkaMayBeChosen() {
		KafkaSettings.Serializers longs = new KafkaSettings.Serializers(
				"org.apache.kafka.common.serialization.StringSerializer",
				"org.apache.kafka.common.serialization.LongSerializer");
		RecordMetadata written = client(new KafkaProtocol(KafkaSettings.DEFAULT.withSerializers(longs))).put("t",
				(Object) 7L);
		assertThat(written.serializedValueSize()).isEqualTo(8);
		assertThat(catchThrowable(() -> this.client.proxy().put("t", (Object) "no number")))
			.isInstanceOf(InternalCallException.class)
			.hasMessageContaining("kafka.value-serializer: org.apache.kafka.common.serialization.LongSerializer"
					+ " (expected: a serializer that takes java.lang.String; ");
		assertThat(catchThrowable(() -> this.client.proxy().put("t", 7, (Object) 7L)))
			.hasMessageContaining("kafka.key-serializer: org.apache.kafka.common.serialization.StringSerializer"
					+ " (expected: a serializer that takes java.lang.Integer; ");
	}

	@Test
	void aSerializerThatIsNoneIsRefusedAtTheStart() {
		KafkaSettings.Serializers none = new KafkaSettings.Serializers("java.lang.Object", null);
		assertThatIllegalArgumentException()
			.isThrownBy(() -> builder(new KafkaProtocol(KafkaSettings.DEFAULT.withSerializers(none))).build())
			.withMessageContaining("kafka.key-serializer: java.lang.Object (expected: a class that is a");
	}

	@Test
	void aListIsManyRecordsWithOneResult() {
		ScalesKafkaClient proxy = client(new KafkaProtocol());
		List<RecordMetadata> written = proxy.put("t", List.of("a", "b", "c"));
		assertThat(written).hasSize(3);
		assertThat(this.broker.records()).extracting(FakeBroker.Seen::value).containsExactly("a", "b", "c");
		CompletableFuture<List<RecordMetadata>> none = proxy.putAsync("t", List.of());
		assertThat(catchThrowable(none::join)).hasCauseInstanceOf(InternalCallException.class)
			.hasMessageContaining("payloads: none (expected: at least one)");
		assertThat(proxy.put("t", Arrays.asList("a", null))).hasSize(2);
	}

	@Test
	void aTopicWithoutANameIsABug() {
		assertThat(catchThrowable(() -> client(new KafkaProtocol()).put(" ", (Object) "x")))
			.isInstanceOf(InternalCallException.class)
			.hasMessageContaining("topic:   (expected: the name of a topic)");
	}

	/** Methods like those of the ready client, with types of its own. */
	interface Orders {

		CompletableFuture<RecordMetadata> putAsync(String topic, String key, String order);

	}

	/** Not a method that sends. */
	interface Wrong {

		String put(String topic, String order);

	}

	@Test
	void anInterfaceOfOnesOwnMayHaveMethodsLikeThese() {
		ClientHandle<Orders> handle = ScalesClients.builder(Orders.class)
			.protocol("kafka")
			.uri(this.broker.uri())
			.build();
		assertThat(handle.proxy().putAsync("t", "k", "v").join().topic()).isEqualTo("t");
		handle.close();
		assertThatIllegalArgumentException()
			.isThrownBy(() -> ScalesClients.builder(Wrong.class).protocol("kafka").uri(this.broker.uri()).build())
			.withMessageContaining("Wrong.put: no method that sends records (expected: put or putAsync with");
	}

	@Test
	void settingsWithoutEffectAndOptionsAreRefused() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> builder(new KafkaProtocol()).option("ping-interval", "1s").build())
			.withMessageContaining("option ping-interval: not an option of kafka");
		assertThatIllegalArgumentException()
			.isThrownBy(() -> builder(new KafkaProtocol()).retryBudget(RetryBudgetSettings.DEFAULT).build())
			.withMessageContaining("a record that a second call sends is a second record");
	}

}
