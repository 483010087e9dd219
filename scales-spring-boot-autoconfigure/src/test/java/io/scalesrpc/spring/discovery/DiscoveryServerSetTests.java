package io.scalesrpc.spring.discovery;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;

import io.scalesrpc.discovery.Member;
import io.scalesrpc.discovery.ServerSet;
import io.scalesrpc.discovery.ServerSetUri;
import io.scalesrpc.discovery.SourceStatus;
import io.scalesrpc.testing.FakeTime;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.cloud.client.discovery.event.HeartbeatEvent;
import org.springframework.context.event.ContextRefreshedEvent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class DiscoveryServerSetTests {

	private static final Duration INTERVAL = Duration.ofSeconds(15);

	private final FakeTime time = new FakeTime();

	private final Queue<Runnable> lookups = new ArrayDeque<>();

	private final FakeRegistry registry = new FakeRegistry().knows(FakeRegistry.instance("a"));

	private final List<List<String>> told = new ArrayList<>();

	/** Draws one half, which is no jitter. */
	private final DiscoveryServerSetProvider provider = new DiscoveryServerSetProvider(() -> this.registry,
			new DiscoveryPoll(INTERVAL, this.lookups::add, this.time, this.time, () -> Long.MIN_VALUE));

	private final ServerSet set = this.provider.create(ServerSetUri.parse("discovery://pricing"));

	@AfterEach
	void aClosedSetLeavesNothing() {
		this.set.close();
		assertThat(this.time.pendingTimeouts()).isZero();
		heartbeat();
		assertThat(this.lookups).isEmpty();
	}

	@Test
	void watchingWaitsForNoAnswer() {
		this.set.watch((members) -> this.told.add(members.stream().map(Member::host).toList()));
		assertThat(this.registry.asked).isEmpty();
		assertThat(this.set.status()).isEqualTo(SourceStatus.UNKNOWN);
		answer();
		assertThat(this.registry.asked).containsExactly("pricing");
		assertThat(this.told).containsExactly(List.of("a"));
		assertThat(this.set.status()).isEqualTo(SourceStatus.CURRENT);
	}

	@Test
	void theRegistryIsAskedAgainAfterTheInterval() {
		watched();
		this.registry.knows(FakeRegistry.instance("b"), FakeRegistry.instance("a"));
		this.time.advance(INTERVAL.minusNanos(1));
		assertThat(this.lookups).isEmpty();
		assertThat(this.set.status().age()).isEqualTo(INTERVAL.minusNanos(1));
		after(Duration.ofNanos(1));
		assertThat(this.told).last().isEqualTo(List.of("a", "b"));
		after(INTERVAL);
		assertThat(this.told).hasSize(2);
		assertThat(this.registry.asked).hasSize(3);
	}

	@Test
	void questionsOfManyClientsAreSpread() {
		long least = new DiscoveryPoll(INTERVAL, this.lookups::add, this.time, this.time, () -> 0).nanosToNext();
		long most = new DiscoveryPoll(INTERVAL, this.lookups::add, this.time, this.time, () -> -1).nanosToNext();
		assertThat(Duration.ofNanos(least)).isEqualTo(Duration.ofMillis(13_500));
		assertThat(Duration.ofNanos(most)).isBetween(Duration.ofMillis(16_499), Duration.ofMillis(16_500));
	}

	@Test
	void newsAreAskedForAtOnceButAtMostOnceASecond() {
		watched();
		heartbeat();
		assertThat(this.lookups).isEmpty();
		this.registry.knows(FakeRegistry.instance("c"));
		after(Duration.ofSeconds(1));
		assertThat(this.told).last().isEqualTo(List.of("c"));
		this.time.advance(Duration.ofSeconds(2));
		heartbeat();
		answer();
		assertThat(this.registry.asked).hasSize(3);
		assertThat(this.time.untilNext()).isEqualTo(INTERVAL);
	}

	@Test
	void newsDuringAQuestionAreAskedForAfterIt() {
		watched();
		this.time.advance(INTERVAL);
		heartbeat();
		answer();
		assertThat(this.time.untilNext()).isEqualTo(DiscoveryServerSet.GAP);
		after(DiscoveryServerSet.GAP);
		assertThat(this.time.untilNext()).isEqualTo(INTERVAL);
	}

	@Test
	void otherEventsAreNoNews() {
		assertThat(this.provider.supportsEventType(ContextRefreshedEvent.class)).isFalse();
		assertThat(this.provider.supportsEventType(HeartbeatEvent.class)).isTrue();
	}

	@Test
	void aFailureKeepsTheMembersIsShownAndTriedAgainSoon() {
		watched();
		this.registry.failure = new IllegalStateException("connection\nlost");
		after(INTERVAL);
		assertThat(this.told).hasSize(1);
		assertThat(this.time.untilNext()).isEqualTo(DiscoveryPoll.AFTER_FAILURE);
		assertThat(this.set.status())
			.isEqualTo(new SourceStatus(INTERVAL, "java.lang.IllegalStateException: connection?lost", 0));
		after(DiscoveryPoll.AFTER_FAILURE);
		this.registry.failure = null;
		this.registry.knows(FakeRegistry.instance("b"));
		after(DiscoveryPoll.AFTER_FAILURE);
		assertThat(this.told).last().isEqualTo(List.of("b"));
		assertThat(this.set.status()).isEqualTo(SourceStatus.CURRENT);
	}

	@Test
	void aRegistryThatIsDownAtTheStartIsWaitedFor() {
		this.registry.failure = new IllegalStateException("down");
		watched();
		assertThat(this.set.status()).isEqualTo(new SourceStatus(null, "java.lang.IllegalStateException: down", 0));
		this.registry.failure = null;
		after(DiscoveryPoll.AFTER_FAILURE);
		assertThat(this.told).containsExactly(List.of("a"));
	}

	@Test
	void aRegistryThatDoesNotAnswerIsShown() {
		watched();
		this.time.advance(INTERVAL.multipliedBy(3));
		assertThat(this.lookups).hasSize(1);
		assertThat(this.set.status()).isEqualTo(new SourceStatus(Duration.ofSeconds(45), "no answer for 30 s", 0));
		answer();
		assertThat(this.set.status()).isEqualTo(SourceStatus.CURRENT);
	}

	@Test
	void anEmptyAnswerIsBelievedAfterTheGrace() {
		watched();
		this.registry.knows();
		after(INTERVAL);
		after(INTERVAL);
		assertThat(this.told).hasSize(1);
		assertThat(this.time.untilNext()).isEqualTo(Duration.ofSeconds(5));
		after(Duration.ofSeconds(5));
		assertThat(this.told).containsExactly(List.of("a"), List.of());
		this.registry.knows(FakeRegistry.instance("a"));
		after(INTERVAL);
		assertThat(this.told).last().isEqualTo(List.of("a"));
	}

	@Test
	void anEmptyAnswerBeforeAFailureIsNotBelievedAfterIt() {
		watched();
		this.registry.knows();
		after(INTERVAL);
		this.registry.failure = new IllegalStateException("down");
		after(INTERVAL);
		this.registry.failure = null;
		after(DiscoveryPoll.AFTER_FAILURE);
		assertThat(this.told).hasSize(1);
		after(INTERVAL);
		after(DiscoveryPoll.AFTER_FAILURE);
		assertThat(this.told).containsExactly(List.of("a"), List.of());
	}

	@Test
	void aServiceNobodyEverRegisteredIsBelievedAfterTheGraceToo() {
		this.registry.knows();
		watched();
		after(INTERVAL);
		assertThat(this.told).isEmpty();
		after(Duration.ofSeconds(5));
		assertThat(this.told).containsExactly(List.of());
	}

	@Test
	void badInstancesAreCounted() {
		this.registry.knows(FakeRegistry.instance("a"), FakeRegistry.instance(" "));
		watched();
		assertThat(this.set.status()).isEqualTo(new SourceStatus(Duration.ZERO, null, 1));
	}

	@Test
	void anAnswerThatComesAfterClosingIsNotTold() {
		watched();
		this.registry.knows(FakeRegistry.instance("b"));
		this.time.advance(INTERVAL);
		this.set.close();
		answer();
		assertThat(this.told).hasSize(1);
	}

	@Test
	void theUriIsItsTextAndHasNoPath() {
		assertThat(this.set).hasToString("discovery://pricing");
		assertThatIllegalArgumentException()
			.isThrownBy(() -> this.provider.create(ServerSetUri.parse("discovery://pricing/v2")))
			.withMessage("uri: discovery://pricing/v2 (expected: discovery://service-id[#key], no path)");
	}

	private void watched() {
		this.set.watch((members) -> this.told.add(members.stream().map(Member::host).toList()));
		answer();
	}

	private void after(Duration wait) {
		this.time.advance(wait);
		answer();
	}

	private void answer() {
		this.lookups.remove().run();
	}

	private void heartbeat() {
		this.provider.onApplicationEvent(new HeartbeatEvent(this, 1));
	}

}
