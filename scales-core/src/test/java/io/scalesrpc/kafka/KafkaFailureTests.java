package io.scalesrpc.kafka;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.IntStream;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.scalesrpc.call.InternalCallException;
import io.scalesrpc.call.CallCancelledException;
import io.scalesrpc.call.CallTimeoutException;
import io.scalesrpc.call.FailureKind;
import io.scalesrpc.call.NotSentException;
import io.scalesrpc.call.ScalesException;
import io.scalesrpc.call.SinkState;
import io.scalesrpc.client.ClientHandle;
import io.scalesrpc.client.ScalesClients;
import io.scalesrpc.testing.Eventually;
import io.scalesrpc.testing.Sockets;
import io.scalesrpc.testing.UnrulyServer.Manner;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;

/** What each failure says: whether the record may be in the log, and what can be done. */
@Sockets
class KafkaFailureTests {

	private static final Duration LONG = Duration.ofSeconds(10);

	private FakeBroker broker;

	private ClientHandle<ScalesKafkaClient> client;

	@BeforeEach
	void startBroker() throws IOException {
		this.broker = new FakeBroker();
	}

	@AfterEach
	void closeAll() throws IOException {
		if (this.client != null) {
			this.client.close(Duration.ZERO).toCompletableFuture().join();
		}
		this.broker.close();
	}

	private ScalesKafkaClient client(Duration timeout, Function<KafkaSettings, KafkaSettings> changes) {
		return client(this.broker.uri(), timeout, changes);
	}

	private ScalesKafkaClient client(String uri, Duration timeout, Function<KafkaSettings, KafkaSettings> changes) {
		this.client = ScalesClients.builder(ScalesKafkaClient.class)
			.name("shop")
			.protocol(new KafkaProtocol(changes.apply(KafkaSettings.DEFAULT)))
			.uri(uri)
			.timeout(timeout)
			.build();
		return this.client.proxy();
	}

	private static ScalesException failure(CompletableFuture<?> future) {
		Throwable thrown = catchThrowable(future::join);
		assertThat(thrown).isInstanceOf(CompletionException.class);
		return (ScalesException) thrown.getCause();
	}

	@Test
	void aTopicThatDoesNotExistIsNotSentAndSaysSo() {
		this.broker.topic("oders", Errors.UNKNOWN_TOPIC_OR_PARTITION);
		Throwable thrown = catchThrowable(() -> client(Duration.ofMillis(400), (s) -> s).put("oders", "x"));
		assertThat(thrown).isInstanceOf(NotSentException.class)
			.hasMessageContaining(
					"topic oders does not exist (expected: one that the brokers have, or that they create)")
			.hasMessageContaining("attempts 0");
		assertThat(this.client.view().state()).isNotEqualTo(SinkState.CLOSED);
	}

	/** Whoever is woken begins anew with its brokers, and says so each time. */
	@Test
	void brokersThatAreAwayAreNotAskedForAllTheTime() throws IOException {
		String nobody = this.broker.uri();
		this.broker.close();
		Logger log = (Logger) LoggerFactory.getLogger("org.apache.kafka.clients");
		ListAppender<ILoggingEvent> lines = new ListAppender<>();
		Level before = log.getLevel();
		log.setLevel(Level.INFO);
		log.setAdditive(false);
		lines.start();
		log.addAppender(lines);
		try (Producer<String, String> plain = plain(nobody)) {
			assertThatExceptionOfType(NotSentException.class)
				.isThrownBy(() -> client(nobody, Duration.ofSeconds(2), (s) -> s).put("orders", "x"))
				.withMessageContaining("no broker has answered where topic orders is");
			plain.send(new ProducerRecord<>("orders", "x"));
			assertThat(beginnings(lines, "scales-shop")).isLessThan(2 * beginnings(lines, "plain") + 5);
		}
		finally {
			log.detachAppender(lines);
			log.setAdditive(true);
			log.setLevel(before);
		}
	}

	private static Producer<String, String> plain(String uri) {
		return new KafkaProducer<>(Map.of("bootstrap.servers", uri.substring("tcp://".length()), "client.id", "plain",
				"max.block.ms", 2000), new StringSerializer(), new StringSerializer());
	}

	private static int beginnings(ListAppender<ILoggingEvent> lines, String client) {
		return (int) List.copyOf(lines.list)
			.stream()
			.map(ILoggingEvent::getFormattedMessage)
			.filter((line) -> line.contains("ebootstrapping") && line.contains(client))
			.count();
	}

	@Test
	void aTopicThatComesIntoBeingInTimeIsSentTo() {
		this.broker.topic("orders", Errors.UNKNOWN_TOPIC_OR_PARTITION);
		CompletableFuture<RecordMetadata> written = client(LONG, (s) -> s).putAsync("orders", "x");
		Eventually.await("a waiting call", () -> waitingCalls() == 1);
		this.broker.topic("orders", Errors.NONE);
		assertThat(written.join().topic()).isEqualTo("orders");
	}

	private int waitingCalls() {
		return (int) ((Map<?, ?>) this.client.view().details().get("waiting")).get("calls");
	}

	@Test
	void anUnknownTopicHoldsUpNoOther() {
		this.broker.topic("unknown", Errors.UNKNOWN_TOPIC_OR_PARTITION);
		ScalesKafkaClient proxy = client(LONG, (s) -> s);
		List<CompletableFuture<RecordMetadata>> waiting = IntStream.range(0, 200)
			.mapToObj((i) -> proxy.putAsync("unknown", "x"))
			.toList();
		assertThat(proxy.put("orders", "x").topic()).isEqualTo("orders");
		assertThat(waiting).noneMatch(CompletableFuture::isDone);
		waiting.forEach((future) -> future.cancel(true));
		Eventually.await("nothing that waits", () -> waitingCalls() == 0);
	}

	@Test
	void whatWaitedKeepsItsOrder() throws Exception {
		this.broker.topic("orders", Errors.UNKNOWN_TOPIC_OR_PARTITION);
		ScalesKafkaClient proxy = client(LONG, (s) -> s);
		List<CompletableFuture<RecordMetadata>> written = new ArrayList<>();
		for (int i = 0; i < 50; i++) {
			written.add(proxy.putAsync("orders", "x".repeat(i)));
		}
		Eventually.await("calls that wait", () -> waitingCalls() == 50);
		this.broker.topic("orders", Errors.NONE);
		for (int i = 50; i < 100; i++) {
			written.add(proxy.putAsync("orders", "x".repeat(i)));
		}
		long last = -1;
		for (CompletableFuture<RecordMetadata> each : written) {
			long offset = each.get(10, TimeUnit.SECONDS).offset();
			assertThat(offset).isGreaterThanOrEqualTo(last);
			last = offset;
		}
	}

	@Test
	void aTopicOfOthersIsRefusedAtOnce() {
		this.broker.topic("secret", Errors.TOPIC_AUTHORIZATION_FAILED);
		Throwable thrown = catchThrowable(() -> client(LONG, (s) -> s).put("secret", "x"));
		assertThat(thrown).isInstanceOf(NotSentException.class)
			.hasMessageContaining("topic secret: not written")
			.hasMessageContaining("(expected: the right to Write to the topic)");
		assertThat(((ScalesException) thrown).isRetryable()).isFalse();
	}

	@Test
	void aTopicThatCannotBeOneIsRefusedAtOnce() {
		this.broker.topic("a b", Errors.INVALID_TOPIC_EXCEPTION);
		assertThat(catchThrowable(() -> client(LONG, (s) -> s).put("a b", "x"))).isInstanceOf(NotSentException.class)
			.hasMessageContaining("topic a b: not written")
			.hasMessageContaining("(expected: at most 249 letters, digits, '.', '_' and '-')");
	}

	@Test
	void aRecordTooLargeForTheProducerWasNotSent() {
		ScalesKafkaClient proxy = client(LONG, (s) -> s);
		proxy.put("orders", "small");
		ScalesException failure = failure(proxy.putAsync("orders", new byte[2 * 1024 * 1024]));
		assertThat(failure.kind()).isEqualTo(FailureKind.NOT_SENT);
		assertThat(failure).hasMessageContaining("2097").hasMessageContaining("kafka.max-request-size");
		assertThat(failure.isRetryable()).isFalse();
	}

	@Test
	void aListOfWhichOneRecordWasRefusedMayBeWrittenInPart() {
		ScalesKafkaClient proxy = client(LONG, (s) -> s);
		proxy.put("orders", "small");
		ScalesException failure = failure(proxy.putAsync("orders", List.of("small", new byte[2 * 1024 * 1024])));
		assertThat(failure.kind()).isEqualTo(FailureKind.CONNECTION_LOST);
		assertThat(failure)
			.hasMessageContaining("of 2 records 1 were handed over and may be written: topic orders: not");
		ScalesException none = failure(proxy.putAsync("orders", List.of(new byte[2 * 1024 * 1024], "small")));
		assertThat(none.kind()).isEqualTo(FailureKind.NOT_SENT);
	}

	@Test
	void anInterruptedCallerIsLetGoAndItsRecordWithdrawn() {
		KafkaSettings.Batching small = new KafkaSettings.Batching(Duration.ZERO, 16384, 32 * 1024, "none", 32 * 1024);
		ScalesKafkaClient proxy = client(LONG, (s) -> s.withBatching(small));
		proxy.put("orders", "x");
		this.broker.treat(Manner.SILENCE);
		List<CompletableFuture<RecordMetadata>> filling = IntStream.range(0, 4)
			.mapToObj((i) -> proxy.putAsync("orders", new byte[16 * 1024]))
			.toList();
		Thread.currentThread().interrupt();
		Throwable thrown = catchThrowable(() -> proxy.put("orders", new byte[16 * 1024]));
		assertThat(Thread.interrupted()).isTrue();
		assertThat(thrown).isInstanceOf(CallCancelledException.class).hasMessageContaining("attempts 0");
		filling.forEach((future) -> future.cancel(true));
	}

	@Test
	void aClosedClientIsNotReadyAndSaysSo() {
		client(LONG, (s) -> s);
		this.client.close(Duration.ZERO).toCompletableFuture().join();
		assertThat(this.client.ready(1, LONG)).isCompletedWithValue(false);
	}

	@Test
	void aRecordTooLargeForTheBrokerWasNotWritten() {
		this.broker.answerRecordsWith(Errors.MESSAGE_TOO_LARGE);
		ScalesException failure = failure(client(LONG, (s) -> s).putAsync("orders", "x"));
		assertThat(failure.kind()).isEqualTo(FailureKind.NOT_SENT);
		assertThat(failure).hasMessageContaining("max.message.bytes of the topic");
	}

	@Test
	void whatTooFewBrokersHaveMayBeWritten() {
		this.broker.answerRecordsWith(Errors.NOT_ENOUGH_REPLICAS_AFTER_APPEND);
		ScalesException failure = failure(client(LONG, (s) -> s.withDelivery(shortDelivery())).putAsync("orders", "x"));
		assertThat(failure.kind()).isEqualTo(FailureKind.CONNECTION_LOST);
		assertThat(failure).hasMessageContaining("the record may have been written");
	}

	private static KafkaSettings.Delivery shortDelivery() {
		return new KafkaSettings.Delivery("all", true, Duration.ofMillis(800), Duration.ofMillis(300), 5,
				Duration.ZERO);
	}

	@Test
	void aBatchThatExpiresMayBeWritten() {
		ScalesKafkaClient proxy = client(LONG, (s) -> s.withDelivery(shortDelivery()));
		proxy.put("orders", "x");
		this.broker.treat(Manner.SILENCE);
		ScalesException failure = failure(proxy.putAsync("orders", "x"));
		assertThat(failure.kind()).isEqualTo(FailureKind.CONNECTION_LOST);
		assertThat(failure).hasMessageContaining("not acknowledged within kafka.delivery-timeout");
	}

	@Test
	void aProducerWithoutTheRightIsMadeAnewAndSaysWhatItLacks() {
		this.broker.answerProducersWith(Errors.CLUSTER_AUTHORIZATION_FAILED);
		ScalesKafkaClient proxy = client(LONG, (s) -> s);
		ScalesException failure = failure(proxy.putAsync("orders", "x"));
		assertThat(failure).hasMessageContaining("the right to IdempotentWrite on the cluster");
		this.broker.answerProducersWith(Errors.NONE);
		assertThat(proxy.put("orders", "x").topic()).isEqualTo("orders");
	}

	@Test
	void aFencedProducerIsMadeAnew() {
		ScalesKafkaClient proxy = client(LONG, (s) -> s);
		proxy.put("orders", "x");
		this.broker.answerRecordsWith(Errors.INVALID_PRODUCER_EPOCH);
		ScalesException failure = failure(proxy.putAsync("orders", "x"));
		assertThat(failure.kind()).isEqualTo(FailureKind.CONNECTION_LOST);
		assertThat(failure).hasMessageContaining("another producer in the place of this one");
		this.broker.answerRecordsWith(Errors.NONE);
		assertThat(proxy.put("orders", "x").topic()).isEqualTo("orders");
	}

	@Test
	void aTimeoutSaysThatTheRecordMayStillBeWritten() {
		ScalesKafkaClient proxy = client(Duration.ofMillis(300), (s) -> s);
		proxy.put("orders", "x");
		this.broker.treat(Manner.SILENCE);
		Throwable thrown = catchThrowable(() -> proxy.put("orders", "x"));
		assertThat(thrown).isInstanceOf(CallTimeoutException.class)
			.hasMessageContaining("no answer within 300 ms (member topic orders, which may still get the record,")
			.hasMessageContaining("attempts 1");
		assertThat(this.client.view().state()).isEqualTo(SinkState.CLOSED);
		this.broker.treat(Manner.ANSWER);
		Eventually.await("the answer", () -> this.client.view().state() == SinkState.OPEN);
	}

	@Test
	void aValueWithoutBytesIsABugAndSaysOfWhichClass() {
		ScalesException failure = failure(client(LONG, (s) -> s).putAsync("orders", Duration.ZERO));
		assertThat(failure).isInstanceOf(InternalCallException.class)
			.hasMessageContaining(
					"payload: of java.time.Duration (expected: byte[], a String, or kafka.value-serializer)");
	}

	/** Fails as it is told. */
	public static final class BadSerializer implements Serializer<Object> {

		@Override
		public byte[] serialize(String topic, Object data) {
			throw new StackOverflowError("too deep");
		}

	}

	@Test
	void aSerializerThatThrowsEvenAnErrorIsABug() {
		KafkaSettings.Serializers serializers = new KafkaSettings.Serializers(null, BadSerializer.class.getName());
		ScalesException failure = failure(client(LONG, (s) -> s.withSerializers(serializers)).putAsync("orders", "x"));
		assertThat(failure).isInstanceOf(InternalCallException.class).hasMessageContaining("too deep");
	}

	@Test
	void brokersThatCannotBeReachedAreNamedAndTheClientIsDown() throws IOException {
		String address = this.broker.uri().replace("tcp://", "");
		this.broker.close();
		Throwable thrown = catchThrowable(() -> client(Duration.ofMillis(300), (s) -> s).put("orders", "x"));
		assertThat(thrown).isInstanceOf(NotSentException.class)
			.hasMessageContaining("not sent in time: no broker has answered where topic orders is (brokers " + address
					+ "; none of them has said anything)");
		assertThat(this.client.view().state()).isEqualTo(SinkState.CLOSED);
		assertThat(this.client.view().members().get(0).problem()).contains("no broker has answered");
	}

	@Test
	void aNameThatDoesNotResolveFailsTheCallsAndNotTheStart() {
		Throwable thrown = catchThrowable(
				() -> client("tcp://no-such-host.invalid:9092", Duration.ofMillis(600), (s) -> s).put("orders", "x"));
		assertThat(thrown).isInstanceOf(NotSentException.class)
			.hasMessageContaining("no producer can be made: No resolvable bootstrap urls")
			.hasMessageContaining("(brokers no-such-host.invalid:9092)");
		assertThat(this.client.view().state()).isEqualTo(SinkState.CLOSED);
	}

	@Test
	void beforeTheFirstRecordTheClientIsIdle() {
		client(LONG, (s) -> s);
		assertThat(this.client.view().state()).isEqualTo(SinkState.IDLE);
		assertThat(this.client.view().members()).hasSize(1);
	}

	@Test
	void moreThanMayWaitIsRefusedAtOnce() {
		this.broker.topic("orders", Errors.UNKNOWN_TOPIC_OR_PARTITION);
		ScalesKafkaClient proxy = client(LONG, (s) -> s.withWaiting(new KafkaSettings.Waiting(10, 1024 * 1024)));
		List<CompletableFuture<RecordMetadata>> waiting = IntStream.range(0, 10)
			.mapToObj((i) -> proxy.putAsync("orders", "x"))
			.toList();
		ScalesException failure = failure(proxy.putAsync("orders", "x"));
		assertThat(failure.kind()).isEqualTo(FailureKind.NOT_SENT);
		assertThat(failure)
			.hasMessageContaining("calls waiting for topic orders: 10 (expected: fewer than 10, kafka.waiting-calls)");
		assertThat(waiting).noneMatch(CompletableFuture::isDone);
		ScalesException large = failure(proxy.putAsync("others", new byte[1024 * 1024]));
		assertThat(large).hasMessageContaining("kafka.waiting-memory");
		waiting.forEach((future) -> future.cancel(true));
	}

	@Test
	void aFullBufferWaitsElsewhereAndSaysSo() {
		KafkaSettings.Batching small = new KafkaSettings.Batching(Duration.ZERO, 16384, 64 * 1024, "none", 32 * 1024);
		ScalesKafkaClient proxy = client(Duration.ofSeconds(1), (s) -> s.withBatching(small));
		proxy.put("orders", "x");
		this.broker.treat(Manner.SILENCE);
		List<CompletableFuture<RecordMetadata>> sent = IntStream.range(0, 10)
			.mapToObj((i) -> proxy.putAsync("orders", new byte[16 * 1024]))
			.toList();
		List<ScalesException> failures = sent.stream().map(KafkaFailureTests::failure).toList();
		assertThat(failures).filteredOn((failure) -> failure.kind() == FailureKind.TIMEOUT).hasSizeBetween(1, 4);
		assertThat(failures).filteredOn((failure) -> failure.kind() == FailureKind.NOT_SENT)
			.hasSizeBetween(6, 9)
			.allMatch((failure) -> failure.getMessage().contains("kafka.buffer-memory of 65536 bytes is full"));
		this.broker.treat(Manner.ANSWER);
		assertThat(proxy.put("orders", "x")).isNotNull();
	}

	@Test
	void whatEndedWhileItWaitedIsNeverSent() {
		this.broker.topic("orders", Errors.UNKNOWN_TOPIC_OR_PARTITION);
		ScalesKafkaClient proxy = client(LONG, (s) -> s);
		CompletableFuture<RecordMetadata> given = proxy.putAsync("orders", "given up");
		Eventually.await("a waiting call", () -> waitingCalls() == 1);
		given.cancel(true);
		Eventually.await("nothing that waits", () -> waitingCalls() == 0);
		this.broker.topic("orders", Errors.NONE);
		RecordMetadata written = proxy.put("orders", "x");
		assertThat(written.offset()).isZero();
		assertThat(this.broker.requests()).isEqualTo(1);
	}

	@Test
	void othersTakeOverWhenTheMembersChangeAndNobodyAnswers() throws IOException {
		FakeBroker second = new FakeBroker();
		try {
			MovingSet set = new MovingSet(this.broker.port());
			this.client = ScalesClients.builder(ScalesKafkaClient.class)
				.protocol(new KafkaProtocol())
				.serverSet(set)
				.timeout(Duration.ofSeconds(1))
				.build();
			this.client.proxy().put("orders", "x");
			this.broker.close();
			set.move(second.port());
			Eventually.await("a record at the second", () -> {
				Throwable thrown = catchThrowable(() -> this.client.proxy().put("orders", "x"));
				return thrown == null && second.requests() > 0;
			});
		}
		finally {
			this.client.close(Duration.ZERO).toCompletableFuture().join();
			second.close();
		}
	}

}
