package io.scalesrpc.transport.lookup;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.netty.util.concurrent.DefaultPromise;
import io.netty.util.concurrent.ImmediateEventExecutor;
import io.netty.util.concurrent.Promise;
import io.scalesrpc.testing.FakeTime;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class AddressRaceTests {

	private final FakeTime time = new FakeTime();

	private final Map<String, Promise<Void>> attempts = new LinkedHashMap<>();

	private final Promise<InetSocketAddress> winner = promise();

	@Test
	void theFirstThatConnectsWinsAndNobodyElseIsTried() {
		race("10.0.0.1", "10.0.0.2");
		this.time.advance(Duration.ofMillis(249));
		this.attempts.get("10.0.0.1").setSuccess(null);
		assertWinner("10.0.0.1");
		this.time.advance(Duration.ofSeconds(10));
		assertThat(this.attempts).containsOnlyKeys("10.0.0.1");
	}

	@Test
	void theNextIsTriedAtOnceWhenOneHasFailed() {
		race("10.0.0.1", "10.0.0.2");
		this.attempts.get("10.0.0.1").setFailure(new IllegalStateException("refused"));
		this.attempts.get("10.0.0.2").setSuccess(null);
		assertWinner("10.0.0.2");
		assertThat(this.time.pendingTimeouts()).isZero();
	}

	@Test
	void whoIsSilentHasAHeadStartAndMayStillWin() {
		race("10.0.0.1", "10.0.0.2", "10.0.0.3");
		this.time.advance(AddressRace.HEAD_START);
		assertThat(this.attempts).containsOnlyKeys("10.0.0.1", "10.0.0.2");
		this.attempts.get("10.0.0.1").setSuccess(null);
		assertWinner("10.0.0.1");
		assertThat(this.attempts.get("10.0.0.2").isCancelled()).isTrue();
	}

	@Test
	void whoIsSilentForEverIsPassed() {
		race("10.0.0.1", "10.0.0.2");
		this.time.advance(AddressRace.HEAD_START);
		this.attempts.get("10.0.0.2").setSuccess(null);
		assertWinner("10.0.0.2");
		assertThat(this.attempts.get("10.0.0.1").isCancelled()).isTrue();
	}

	@Test
	void whenAllFailTheReasonsAreTold() {
		race("10.0.0.1", "10.0.0.2");
		this.attempts.get("10.0.0.1").setFailure(new IllegalStateException("refused"));
		this.attempts.get("10.0.0.2").setFailure(new IllegalStateException("unreachable"));
		assertThat(this.winner.cause()).hasMessageContaining("10.0.0.1: refused; 10.0.0.2: unreachable");
	}

	@Test
	void familiesTakeTurnsBeginningWithThePreferredOne() {
		assertThat(AddressOrder.interleaved(addresses("10.0.0.1", "10.0.0.1", "10.0.0.2", "10.0.0.3", "fd00::1")))
			.isEqualTo(addresses("10.0.0.1", "fd00::1", "10.0.0.2", "10.0.0.3"));
		assertThat(AddressOrder.interleaved(addresses("fd00::1", "fd00::2", "10.0.0.1")))
			.isEqualTo(addresses("fd00::1", "10.0.0.1", "fd00::2"));
	}

	private void race(String... addresses) {
		List<InetSocketAddress> all = addresses(addresses).stream()
			.map((address) -> new InetSocketAddress(address, 1))
			.toList();
		new AddressRace(all, (address) -> {
			Promise<Void> attempt = promise();
			this.attempts.put(address.getAddress().getHostAddress(), attempt);
			return attempt;
		}, this.time, this.winner).proceed();
	}

	private void assertWinner(String address) {
		assertThat(this.winner.getNow().getAddress().getHostAddress()).isEqualTo(address);
	}

	private static List<InetAddress> addresses(String... texts) {
		return new ArrayList<>(Stream.of(texts).map(AddressRaceTests::address).toList());
	}

	private static InetAddress address(String text) {
		try {
			return InetAddress.getByName(text);
		}
		catch (UnknownHostException ex) {
			throw new IllegalArgumentException(ex);
		}
	}

	private static <T> Promise<T> promise() {
		return new DefaultPromise<>(ImmediateEventExecutor.INSTANCE);
	}

}
