package io.scalesrpc.discovery;

import java.io.IOException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.ServiceLoader;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import io.scalesrpc.testing.FakeTime;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class DnsServerSetTests {

	private final FakeTime time = new FakeTime().mustEndEmpty();

	private final Queue<Runnable> lookups = new ArrayDeque<>();

	private final List<List<Member>> told = new ArrayList<>();

	private final List<String> asked = new ArrayList<>();

	private List<String> answer = List.of("10.0.0.1", "10.0.0.2");

	private boolean down;

	private final ServerSet set = new DnsServerSet(ServerSetUri.parse("dns://prices:9090"), this::resolve,
			this.lookups::add, this.time);

	@Test
	void watchingWaitsForNoAnswer() {
		this.set.watch(this.told::add);
		assertThat(this.asked).isEmpty();
		lookUp();
		assertThat(this.asked).containsExactly("prices");
		assertThat(this.told).containsExactly(members("10.0.0.1", "10.0.0.2"));
		this.set.close();
	}

	@Test
	void theNameIsAskedForAgainAfterThirtySeconds() {
		watched();
		this.answer = List.of("10.0.0.3", "10.0.0.3");
		this.time.advance(Duration.ofSeconds(30).minusNanos(1));
		assertThat(this.lookups).isEmpty();
		this.time.advance(Duration.ofNanos(1));
		lookUp();
		assertThat(this.told).last().isEqualTo(members("10.0.0.3"));
		this.set.close();
	}

	@Test
	void anotherOrderIsNoChange() {
		watched();
		this.answer = List.of("10.0.0.2", "10.0.0.1");
		afterSeconds(30);
		assertThat(this.asked).hasSize(2);
		assertThat(this.told).hasSize(1);
		this.set.close();
	}

	@Test
	void aFailedLookupKeepsTheMembersAndIsTriedAgainSoon() {
		watched();
		this.down = true;
		afterSeconds(30);
		afterSeconds(5);
		assertThat(this.asked).hasSize(3);
		assertThat(this.told).hasSize(1);
		this.down = false;
		this.answer = List.of("10.0.0.9");
		afterSeconds(5);
		assertThat(this.told).last().isEqualTo(members("10.0.0.9"));
		assertThat(this.time.untilNext()).isEqualTo(Duration.ofSeconds(30));
		this.set.close();
	}

	@Test
	void anEmptyAnswerIsRefused() {
		watched();
		this.answer = List.of();
		afterSeconds(30);
		assertThat(this.asked).hasSize(2);
		assertThat(this.told).hasSize(1);
		assertThat(this.time.untilNext()).isEqualTo(Duration.ofSeconds(5));
		this.set.close();
	}

	@Test
	void aNameServerThatIsDownAtTheStartIsWaitedFor() {
		this.down = true;
		watched();
		assertThat(this.told).isEmpty();
		this.down = false;
		afterSeconds(5);
		assertThat(this.told).hasSize(1);
		this.set.close();
	}

	@Test
	void aClosedSetAsksAndTellsNothing() {
		watched();
		this.answer = List.of("10.0.0.3");
		this.time.advance(Duration.ofSeconds(30));
		this.set.close();
		lookUp();
		this.set.close();
		assertThat(this.asked).hasSize(1);
		assertThat(this.told).hasSize(1);
		assertThat(this.time.pendingTimeouts()).isZero();
	}

	@Test
	void theUriIsItsText() {
		assertThat(this.set).hasToString("dns://prices:9090");
	}

	@Test
	void theProviderIsFoundAndResolvesForReal() throws InterruptedException {
		BlockingQueue<List<Member>> found = new LinkedBlockingQueue<>();
		try (ServerSet real = provider().create(ServerSetUri.parse("dns://127.0.0.1:9090"))) {
			real.watch(found::add);
			assertThat(found.poll(10, TimeUnit.SECONDS)).containsExactly(Member.of("127.0.0.1", 9090));
		}
	}

	@Test
	void theProviderTakesOneNameWithAPort() {
		for (String text : List.of("dns://a:1,b:2", "dns://a", "dns://a:1/path", "dns://a:1#x")) {
			assertThatIllegalArgumentException().isThrownBy(() -> provider().create(ServerSetUri.parse(text)))
				.withMessageContaining("expected:");
		}
	}

	private void watched() {
		this.set.watch(this.told::add);
		lookUp();
	}

	private void afterSeconds(int seconds) {
		this.time.advance(Duration.ofSeconds(seconds));
		lookUp();
	}

	private void lookUp() {
		this.lookups.remove().run();
	}

	private List<String> resolve(String name) throws IOException {
		this.asked.add(name);
		if (this.down) {
			throw new UnknownHostException(name);
		}
		return this.answer;
	}

	private static List<Member> members(String... hosts) {
		return List.of(hosts).stream().map((host) -> Member.of(host, 9090)).toList();
	}

	private static ServerSetProvider provider() {
		return ServiceLoader.load(ServerSetProvider.class)
			.stream()
			.map(ServiceLoader.Provider::get)
			.filter((provider) -> provider.scheme().equals("dns"))
			.findFirst()
			.orElseThrow();
	}

}
