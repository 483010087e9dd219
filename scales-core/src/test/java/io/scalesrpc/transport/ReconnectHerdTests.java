package io.scalesrpc.transport;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

import io.scalesrpc.discovery.Member;
import io.scalesrpc.testing.FakeTime;
import io.scalesrpc.testing.ScriptedRandom;
import io.scalesrpc.transport.reconnect.ReconnectTerms;
import io.scalesrpc.transport.reconnect.Resurrector;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Twenty clients of one server that resets every connection, all at the same moment.
 * <em>Confined to the test's thread.</em>
 */
class ReconnectHerdTests {

	private static final int CLIENTS = 20;

	private static final int SLOT_MILLIS = 10;

	private final FakeTime time = new FakeTime().mustEndEmpty();

	private final long start = this.time.nanos();

	/** When each attempt was made, in milliseconds, by client. */
	private final List<List<Long>> attempts = new ArrayList<>();

	@ParameterizedTest
	@ValueSource(longs = { 1, 2, 3, 4, 5 })
	void clientsComeBackOneByOneAndSeldom(long seed) {
		// seeds that follow each other would make a Random say nearly the same first
		RandomGenerator seeds = ScriptedRandom.seeded(seed);
		List<Resurrector> resurrectors = new ArrayList<>();
		for (int i = 0; i < CLIENTS; i++) {
			resurrectors.add(client(seeds.nextLong()));
		}
		resurrectors.forEach((resurrector) -> resurrector.open(() -> {
		}));
		this.time.advance(Duration.ofSeconds(5));
		assertThat(this.attempts).allSatisfy((own) -> assertThat(own).hasSizeBetween(6, 25));
		assertThat(mostInOneSlot()).isLessThanOrEqualTo(6);
		resurrectors.forEach((resurrector) -> resurrector.close(Duration.ZERO));
	}

	/** But for the first attempt, which all make at once because the test says so. */
	private long mostInOneSlot() {
		return this.attempts.stream()
			.flatMap((own) -> own.stream().skip(1))
			.collect(Collectors.groupingBy((millis) -> millis / SLOT_MILLIS, Collectors.counting()))
			.values()
			.stream()
			.mapToLong(Long::longValue)
			.max()
			.orElseThrow();
	}

	private Resurrector client(long seed) {
		List<Long> own = new ArrayList<>();
		this.attempts.add(own);
		ConnectionFactory resetting = (member, listener) -> {
			own.add(Duration.ofNanos(this.time.nanos() - this.start).toMillis());
			FakeConnection connection = new FakeConnection();
			listener.opened(connection);
			connection.breakDown("Connection reset");
		};
		return new Resurrector(Member.of("10.0.0.7", 9090), resetting, new ReconnectTerms(
				Resurrector.backoff(ScriptedRandom.seeded(seed)), this.time, this.time, Runnable::run));
	}

}
