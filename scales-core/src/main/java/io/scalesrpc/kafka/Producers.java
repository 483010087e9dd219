package io.scalesrpc.kafka;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.stream.Collectors;

import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.kafka.KafkaClientMetrics;
import io.scalesrpc.discovery.Member;
import io.scalesrpc.metrics.ClientMetrics;
import io.scalesrpc.time.Backoff;
import io.scalesrpc.time.Ticker;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.Metric;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The producer of a client: made when there is something to send, made anew when it has
 * failed for good, or when nobody answers and the members are others by now. <em>Confined
 * to the client's sending thread</em>, but for what reads the producer of now.
 */
final class Producers {

	private static final String REFUSALS = "failed-authentication-total";

	private static final Logger logger = LoggerFactory.getLogger(Producers.class);

	private final ProducerConfiguration configuration;

	private final Function<Map<String, Object>, Producer<byte[], byte[]>> factory;

	private final ClientMetrics metrics;

	private final Ticker ticker;

	private final Backoff backoff;

	/** Runs what waits for a producer to close. */
	private final Executor closing;

	private volatile List<Member> members = List.of();

	private volatile @Nullable Made made;

	/** One that has failed for good and is about to be given up. */
	private volatile @Nullable Producer<byte[], byte[]> failed;

	private volatile @Nullable String problem;

	/** Whether a broker has answered the producer of now. */
	private volatile boolean works;

	private int failures;

	private long nextAttempt;

	Producers(ProducerConfiguration configuration, Function<Map<String, Object>, Producer<byte[], byte[]>> factory,
			ClientMetrics metrics, Ticker ticker, Backoff backoff, Executor closing) {
		this.configuration = configuration;
		this.factory = factory;
		this.metrics = metrics;
		this.ticker = ticker;
		this.backoff = backoff;
		this.closing = closing;
	}

	/** The producer of now, for any thread; {@code null} before it is made. */
	@Nullable Producer<byte[], byte[]> current() {
		Made now = this.made;
		return (now != null && now.producer != this.failed) ? now.producer : null;
	}

	/**
	 * From now on nothing is handed to a producer that will be given up, and would take
	 * it along. Runs on any thread.
	 */
	void hasFailed(Producer<byte[], byte[]> useless) {
		Made now = this.made;
		if (now != null && now.producer == useless) {
			this.failed = useless;
		}
	}

	/** Why there is no producer, for any thread; {@code null} if there is no reason. */
	@Nullable String problem() {
		return this.problem;
	}

	/** What whoever waits for a producer waits for. */
	String lacking() {
		String reason = this.problem;
		return (reason != null) ? reason
				: (this.members.isEmpty() ? "no broker is known yet" : "the producer is being made");
	}

	/** A broker has answered. Runs on any thread, for every record. */
	void works() {
		if (!this.works) {
			this.works = true;
		}
	}

	/** The bytes that the producer of now has received, for any thread. */
	double bytesReceived() {
		return value("incoming-byte-total", 0);
	}

	/**
	 * A number that changes when the producer of now hears of a broker, for any thread.
	 * Who is not let in may not have received a byte.
	 */
	double signsOfLife() {
		return bytesReceived() + value(REFUSALS, 0);
	}

	/** A value of the producer of now, for any thread. */
	double value(String metric, double otherwise) {
		Made now = this.made;
		Metric found = (now != null) ? now.metrics.get(metric) : null;
		return (found != null && found.metricValue() instanceof Double number) ? number : otherwise;
	}

	List<Member> members() {
		return this.members;
	}

	/** Where the brokers are that it begins with, in words. */
	String addresses() {
		return this.members.stream().map(Member::address).collect(Collectors.joining(", "));
	}

	void members(List<Member> now) {
		this.members = List.copyOf(now);
	}

	/** Makes a producer, unless there is one or it is too early to try again. */
	@Nullable Producer<byte[], byte[]> make() {
		if (this.made == null && !this.members.isEmpty()
				&& (this.failures == 0 || this.ticker.nanos() - this.nextAttempt >= 0)) {
			try {
				this.works = false;
				this.made = newProducer(this.members);
				this.problem = null;
			}
			catch (RuntimeException | LinkageError ex) {
				failed(ex);
			}
		}
		return current();
	}

	private void failed(Throwable thrown) {
		this.nextAttempt = this.ticker.nanos() + this.backoff.nanosAfter(++this.failures);
		Throwable cause = (thrown.getCause() != null) ? thrown.getCause() : thrown;
		this.problem = "no producer can be made: " + cause.getMessage() + " (brokers " + addresses() + ")";
	}

	private Made newProducer(List<Member> members) {
		Producer<byte[], byte[]> producer = this.factory.apply(this.configuration.with(members));
		KafkaClientMetrics bound = new KafkaClientMetrics(producer, Tags.of("client", this.metrics.client()));
		this.metrics.bind(bound);
		return new Made(producer, List.copyOf(members), bound, Made.byName(producer));
	}

	/** Gives up a producer that began with other members. */
	void renew(String why) {
		Made now = this.made;
		if (now != null && !now.members.equals(this.members) && !this.members.isEmpty()) {
			giveUp(now.producer, why);
			// Others have not failed yet.
			this.failures = 0;
		}
	}

	/** Gives a producer up that is of no use any more; what it has is over. */
	void giveUp(Producer<byte[], byte[]> useless, String why) {
		Made now = this.made;
		if (now != null && now.producer == useless) {
			this.made = null;
			this.failed = null;
			this.failures = this.works ? 0 : this.failures;
			this.nextAttempt = this.ticker.nanos() + this.backoff.nanosAfter(++this.failures);
			logger.warn("[{}] The producer is made anew: {}", this.metrics.client(), why);
			this.closing.execute(() -> now.close(Duration.ZERO));
		}
	}

	/** Closes the producer and waits for that. */
	void close(Duration grace) {
		Made now = this.made;
		this.made = null;
		this.failed = null;
		if (now != null) {
			now.close(grace);
		}
	}

	/**
	 * A producer and what came with it. <em>Immutable</em>.
	 *
	 * @param producer the producer
	 * @param members the brokers it began with
	 * @param bound its meters
	 * @param metrics those of its values that are read here
	 */
	private record Made(Producer<byte[], byte[]> producer, List<Member> members, KafkaClientMetrics bound,
			Map<String, Metric> metrics) {

		private static final List<String> READ = List.of("incoming-byte-total", "buffer-available-bytes",
				"buffer-total-bytes", "requests-in-flight", "connection-count", REFUSALS);

		static Map<String, Metric> byName(Producer<?, ?> producer) {
			Map<String, Metric> found = new HashMap<>();
			producer.metrics().forEach((name, metric) -> {
				if (name.group().equals("producer-metrics") && READ.contains(name.name())) {
					found.put(name.name(), metric);
				}
			});
			return Map.copyOf(found);
		}

		void close(Duration grace) {
			try {
				this.bound.close();
				this.producer.close(grace);
			}
			catch (RuntimeException ex) {
				logger.warn("A producer could not be closed", ex);
			}
		}

	}

}
