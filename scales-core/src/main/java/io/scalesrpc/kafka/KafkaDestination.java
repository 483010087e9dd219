package io.scalesrpc.kafka;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

import io.scalesrpc.call.Call;
import io.scalesrpc.call.Failure;
import io.scalesrpc.call.FailureKind;
import io.scalesrpc.call.Outcome;
import io.scalesrpc.call.SinkState;
import io.scalesrpc.discovery.ServerSet;
import io.scalesrpc.protocol.Destination;
import io.scalesrpc.protocol.MemberStatus;
import io.scalesrpc.protocol.ProtocolEnvironment;
import io.scalesrpc.protocol.ValueCodec;
import io.scalesrpc.time.ExponentialBackoff;
import io.scalesrpc.time.Timer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * Sends records through a producer that never waits. On the caller's thread, if it has
 * metadata of the topic and room; otherwise the call waits for its turn with the topic,
 * and one thread of the client looks again every few milliseconds, as long as anything
 * waits. <em>Thread-safe</em>.
 */
final class KafkaDestination implements Destination {

	/** How long the sending thread rests while something waits, at first and at most. */
	private static final long MIN_REST_MILLIS = 2;

	private static final long MAX_REST_MILLIS = 24;

	private static final long READY_POLL_MILLIS = 10;

	private static final Failure CLOSED = Failure.of(FailureKind.NOT_SENT, "client is closed");

	private final ServerSet set;

	private final RecordEncoder encoder;

	private final Producers producers;

	private final Reachability reachability;

	private final SendingThread sending;

	private final Topics topics;

	private final AtomicInteger pending = new AtomicInteger();

	private final AtomicReference<@Nullable CompletableFuture<Void>> closed = new AtomicReference<>();

	/** Touched by the sending thread only. */
	private long restMillis = MIN_REST_MILLIS;

	KafkaDestination(ProtocolEnvironment environment, ServerSet set, KafkaSettings settings, RecordEncoder encoder,
			Producers producers) {
		Timer timer = environment.timer();
		this.set = set;
		this.encoder = encoder;
		this.producers = producers;
		this.sending = new SendingThread(environment.client(), timer, this::round);
		this.reachability = new Reachability(environment.metrics(), producers, this.sending,
				settings.batching().bufferMemory());
		this.topics = new Topics(settings, this.reachability, environment.ticker());
	}

	/**
	 * Makes the destination of a client.
	 * @throws IllegalArgumentException if a serializer cannot be made
	 */
	static KafkaDestination of(ProtocolEnvironment environment, ServerSet set, KafkaSettings settings,
			ProducerConfiguration configuration, @Nullable ValueCodec codec) {
		RecordEncoder encoder = new RecordEncoder(settings, configuration.values(), codec, environment);
		Producers producers = new Producers(configuration, KafkaDestination::newProducer, environment.metrics(),
				environment.ticker(),
				new ExponentialBackoff(Duration.ofMillis(100), 1.6, Duration.ofSeconds(10), 0.2, environment.random()),
				(task) -> SendingThread.daemon(task, "scales-kafka-close").start());
		return new KafkaDestination(environment, set, settings, encoder, producers);
	}

	private static Producer<byte[], byte[]> newProducer(Map<String, Object> configuration) {
		return new KafkaProducer<>(configuration, new ByteArraySerializer(), new ByteArraySerializer());
	}

	@Override
	public void start() {
		this.set.watch((members) -> {
			this.producers.members(members);
			this.sending.wake();
		});
	}

	@Override
	public void open(Runnable over) {
		boolean soon = this.sending.execute(() -> {
			this.producers.make();
			over.run();
		});
		if (!soon) {
			over.run();
		}
	}

	@Override
	public void dispatch(Call call) {
		if (call.isEnded()) {
			return;
		}
		List<ProducerRecord<byte[], byte[]>> records;
		try {
			records = this.encoder.encode(call);
		}
		catch (Throwable ex) {
			call.end(Failure.of(FailureKind.INTERNAL, "not sent: " + ex.getMessage(), ex));
			return;
		}
		if (records.isEmpty()) {
			call.end(Failure.of(FailureKind.INTERNAL, "payloads: none (expected: at least one)"));
			return;
		}
		KafkaCall kafkaCall = new KafkaCall(call, records, this.reachability);
		this.pending.incrementAndGet();
		call.onOutcome((ended, outcome) -> ended(kafkaCall, outcome));
		send(kafkaCall);
	}

	private void send(KafkaCall call) {
		if (this.topics.send(call, this.producers.current())) {
			this.sending.wake();
		}
		// Looked at after the call can be seen: either closing finds it or this does.
		if (this.closed.get() != null) {
			call.refuse(CLOSED);
		}
	}

	private void ended(KafkaCall call, Outcome outcome) {
		this.pending.decrementAndGet();
		call.ended(outcome);
	}

	/** On the sending thread. */
	private void round() {
		String unreachable = this.reachability.problem();
		if (unreachable != null) {
			this.producers.renew(unreachable);
		}
		int before = this.topics.waiting();
		Producer<byte[], byte[]> producer = (before > 0) ? this.producers.make() : this.producers.current();
		if (producer == null) {
			this.topics.because(this.producers.lacking());
		}
		else {
			this.topics.round(producer, () -> this.producers.value("buffer-available-bytes", Double.NaN));
		}
		int after = this.topics.waiting();
		if (after > 0) {
			this.restMillis = (after < before) ? MIN_REST_MILLIS : Math.min(MAX_REST_MILLIS, this.restMillis * 2);
			this.sending.wakeAfter(this.restMillis);
		}
		else {
			this.restMillis = MIN_REST_MILLIS;
		}
	}

	@Override
	public SinkState state() {
		if (this.closed.get() != null) {
			return SinkState.CLOSED;
		}
		if (!problem().isEmpty()) {
			return SinkState.CLOSED;
		}
		return (this.reachability.answers() > 0) ? SinkState.OPEN : SinkState.IDLE;
	}

	@Override
	public String problem() {
		String reason = (this.producers.current() == null) ? this.producers.problem() : this.reachability.problem();
		return (reason != null) ? reason : "";
	}

	@Override
	public List<MemberStatus> members() {
		SinkState state = state();
		String problem = problem();
		return this.producers.members()
			.stream()
			.map((member) -> new MemberStatus(member, state, 0, state.isAvailable(), problem))
			.toList();
	}

	@Override
	public int pending() {
		return this.pending.get();
	}

	@Override
	public Map<String, Object> details() {
		return KafkaDetails.of(this.producers, this.topics);
	}

	/** One broker that has said something is enough: the producer opens no more. */
	@Override
	public CompletionStage<Boolean> ready(int members, Duration limit) {
		CompletableFuture<Boolean> ready = new CompletableFuture<>();
		open(() -> awaitAnswer(ready, limit.toMillis()));
		return ready;
	}

	private void awaitAnswer(CompletableFuture<Boolean> ready, long millisLeft) {
		boolean answered = this.producers.bytesReceived() > 0;
		if (answered || millisLeft <= 0 || this.closed.get() != null) {
			ready.complete(answered);
			return;
		}
		try {
			this.sending.afterwards(() -> awaitAnswer(ready, millisLeft - READY_POLL_MILLIS), READY_POLL_MILLIS);
		}
		catch (IllegalStateException ex) {
			ready.complete(false);
		}
	}

	@Override
	public CompletionStage<Void> close(Duration grace) {
		CompletableFuture<Void> mine = new CompletableFuture<>();
		CompletableFuture<Void> earlier = this.closed.compareAndExchange(null, mine);
		if (earlier != null) {
			return earlier.copy();
		}
		this.set.close();
		this.topics.refuseAll(CLOSED);
		this.sending.close(() -> {
			try {
				this.producers.close(grace);
				this.encoder.close();
			}
			finally {
				mine.complete(null);
			}
		});
		return mine.copy();
	}

}
