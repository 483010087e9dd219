package io.scalesrpc.client;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.IntStream;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Timer;
import io.scalesrpc.call.Failure;
import io.scalesrpc.call.FailureKind;
import io.scalesrpc.call.Reply;
import io.scalesrpc.discovery.Member;
import io.scalesrpc.discovery.ServerSet;
import io.scalesrpc.metrics.MeterInfo;
import io.scalesrpc.retry.RetrySettings;
import io.scalesrpc.testing.Sockets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Meters of members, and what a client leaves behind. */
@Sockets
class MemberMetersTests {

	private final Fixture fixture = new Fixture();

	private final Moving members = new Moving();

	@AfterEach
	void close() {
		this.fixture.close();
	}

	private ClientBuilder<Sums> builder() {
		return ScalesClients.builder(Sums.class)
			.name("moving")
			.serverSet(this.members)
			.protocol(this.fixture.protocol)
			.resources(this.fixture.resources)
			.meterRegistry(this.fixture.meters)
			.callOption(RetrySettings.KEY, RetrySettings.OFF);
	}

	private List<String> ofMembers() {
		return this.fixture.meters.getMeters()
			.stream()
			.map(Meter::getId)
			.filter((id) -> id.getTag("member") != null)
			.map((id) -> id.getTag("member") + " " + id.getName())
			.distinct()
			.sorted()
			.toList();
	}

	@Test
	void thereAreNoneUnlessAskedFor() {
		this.fixture.protocol.answering((call) -> call.end(Reply.of(3)));
		this.members.are(1);
		try (ClientHandle<Sums> handle = builder().build()) {
			handle.proxy().addAsync(1, 2).join();
			assertThat(ofMembers()).isEmpty();
		}
	}

	@Test
	void attemptsAreTimedByMemberAndOutcome() {
		AtomicInteger calls = new AtomicInteger();
		this.fixture.protocol.answering((call) -> call
			.end((calls.getAndIncrement() == 0) ? Failure.of(FailureKind.REMOTE, "boom") : Reply.of(3)));
		this.members.are(1);
		try (ClientHandle<Sums> handle = builder().memberMeters(true).build()) {
			for (int i = 0; i < 3; i++) {
				handle.proxy().addAsync(1, 2).exceptionally((ex) -> 0).join();
			}
			assertThat(timer("success").count()).isEqualTo(2);
			assertThat(timer("failure").count()).isOne();
			assertThat(this.fixture.meters.get("scales.client.member.pending").gauge().value()).isZero();
			assertThat(this.fixture.meters.get("scales.client.member.available").gauge().value()).isOne();
		}
		assertThat(this.fixture.meters.getMeters()).isEmpty();
	}

	private Timer timer(String outcome) {
		return this.fixture.meters.get("scales.client.member.attempts")
			.tags("member", "10.0.0.0:9090", "outcome", outcome, "client", "moving")
			.timer();
	}

	/** As a registry sees the service deployed anew a hundred times. */
	@Test
	void aHundredRedeploysOfTenMembersLeaveNoMeter() {
		this.fixture.protocol.answering((call) -> call.end(Reply.of(3)));
		this.members.are(10);
		try (ClientHandle<Sums> handle = builder().memberMeters(true).build()) {
			handle.proxy().addAsync(1, 2).join();
			Fixture.await(() -> ofMembers().size() == 30);
			int all = this.fixture.meters.getMeters().size();
			for (int deployment = 1; deployment <= 100; deployment++) {
				this.members.are(10 * deployment, 10);
				handle.proxy().addAsync(1, 2).join();
			}
			Fixture.await(() -> ofMembers().stream().allMatch((line) -> line.startsWith("10.0.0.10")));
			assertThat(ofMembers()).hasSize(30);
			assertThat(this.fixture.meters.getMeters()).hasSize(all);
		}
		assertThat(this.fixture.meters.getMeters()).isEmpty();
	}

	@Test
	void aMemberThatComesBackHasItsMetersAgain() {
		this.fixture.protocol.answering((call) -> call.end(Reply.of(3)));
		this.members.are(2);
		try (ClientHandle<Sums> handle = builder().memberMeters(true).build()) {
			handle.proxy().addAsync(1, 2).join();
			Fixture.await(() -> ofMembers().size() == 6);
			this.members.are(1);
			Fixture.await(() -> ofMembers().size() == 3);
			this.members.are(2);
			Fixture.await(() -> ofMembers().size() == 6);
		}
	}

	@Test
	void anAttemptThatEndsAfterItsMemberLeftMakesNoMeter() {
		this.members.are(1);
		try (ClientHandle<Sums> handle = builder().memberMeters(true).build()) {
			CompletableFuture<Integer> sum = handle.proxy().addAsync(1, 2);
			this.fixture.sent(0);
			this.members.are(7, 1);
			Fixture.await(() -> ofMembers().size() == 3 && ofMembers().get(0).startsWith("10.0.0.7"));
			this.fixture.sent(0).end(Reply.of(3));
			assertThat(sum.join()).isEqualTo(3);
			assertThat(ofMembers()).hasSize(3).allMatch((line) -> line.startsWith("10.0.0.7"));
		}
	}

	@Test
	void everyMeterOfAClientHasADescriptionAndABaseUnit() {
		this.fixture.protocol.answering((call) -> call.end(Reply.of(3)));
		this.members.are(2);
		try (ClientHandle<Sums> handle = builder().memberMeters(true).rpcMeters(true).build()) {
			handle.proxy().addAsync(1, 2).join();
			// Buckets are meters of their own in a simple registry.
			assertThat(this.fixture.meters.getMeters())
				.filteredOn((meter) -> !meter.getId().getName().endsWith(".histogram"))
				.hasSizeGreaterThan(20)
				.allSatisfy((meter) -> {
					MeterInfo info = MeterInfo.of(meter.getId().getName());
					assertThat(meter.getId().getDescription()).isEqualTo(info.description());
					assertThat(meter.getId().getBaseUnit()).isEqualTo(info.unit());
					assertThat(meter.getId().getTags()).extracting((tag) -> tag.getKey())
						.containsExactlyInAnyOrderElementsOf(info.tags());
					assertThat(meter.getId().getType().name()).isEqualToIgnoringCase(info.type());
				});
		}
		assertThat(this.fixture.meters.getMeters()).isEmpty();
	}

	/** Members that move. */
	private static final class Moving implements ServerSet {

		private List<Member> list = List.of();

		private Consumer<List<Member>> watcher = (list) -> {
		};

		void are(int count) {
			are(0, count);
		}

		void are(int first, int count) {
			this.list = IntStream.range(first, first + count)
				.mapToObj((number) -> Member.of("10.0.0." + number, 9090))
				.toList();
			this.watcher.accept(this.list);
		}

		@Override
		public void watch(Consumer<List<Member>> newWatcher) {
			this.watcher = newWatcher;
			newWatcher.accept(this.list);
		}

		@Override
		public void close() {
			this.watcher = (list) -> {
			};
		}

	}

}
