package io.scalesrpc.client;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.scalesrpc.call.ScalesException;
import io.scalesrpc.metrics.MeterNames;
import io.scalesrpc.server.ThriftMuxServer;
import io.scalesrpc.test.peer.PeerService;
import io.scalesrpc.testing.FreePorts;
import io.scalesrpc.testing.LeakCheckExtension;
import io.scalesrpc.testing.Sockets;
import io.scalesrpc.thriftmux.PeerServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Two groups of three servers, and four clients with 64 calls at a time: two of the
 * clients are told that their calls are idempotent.
 */
@Sockets
@Tag("soak")
@ExtendWith(LeakCheckExtension.class)
class FailoverGroupsTests {

	private static final int CALLERS = 16;

	private final List<Integer> ports = Stream.generate(FreePorts::next).limit(6).toList();

	private final List<PeerServer> servers = new ArrayList<>();

	private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

	private final List<ClientHandle<PeerService.Iface>> clients = new ArrayList<>();

	private final List<Thread> callers = new ArrayList<>();

	private final Queue<Lost> ofIdempotent = new ConcurrentLinkedQueue<>();

	private final Queue<Lost> ofOthers = new ConcurrentLinkedQueue<>();

	private final AtomicLong answers = new AtomicLong();

	private volatile boolean over;

	@AfterEach
	void stop() throws InterruptedException {
		this.over = true;
		for (Thread caller : this.callers) {
			caller.join(TimeUnit.SECONDS.toMillis(30));
		}
		this.clients.forEach(ClientHandle::close);
		this.servers.forEach(PeerServer::close);
	}

	@Test
	void theFirstGroupIsKilledAndComesBack() throws InterruptedException {
		this.ports.forEach((port) -> this.servers.add(server(port)));
		for (int i = 0; i < 4; i++) {
			call(client("c" + i, i < 2), (i < 2) ? this.ofIdempotent : this.ofOthers);
		}
		awaitAnswers(5000);
		assertThat(requests(3, 6)).as("the second group rests").isZero();
		List<Thread> killers = this.servers.subList(0, 3).stream().map((server) -> new Thread(server::close)).toList();
		killers.forEach(Thread::start);
		for (Thread killer : killers) {
			killer.join();
		}
		awaitAnswers(20_000);
		int lost = this.ofOthers.size();
		assertThat(requests(3, 6)).isGreaterThan(15_000);
		for (int i = 0; i < 3; i++) {
			this.servers.set(i, server(this.ports.get(i)));
		}
		long healed = System.nanoTime();
		int most = mostConnectsUntil(() -> {
			long before = requests(3, 6);
			awaitAnswers(500);
			return requests(3, 6) == before;
		});
		long back = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - healed);
		stop();
		System.out.printf(
				"first of two groups killed under 64 calls at a time: %d answered, idempotent %d failed, others %d;"
						+ " back %d ms after healing, at most %d connects a second a client%n",
				this.answers.get(), this.ofIdempotent.size(), lost, back, most);
		assertThat(this.ofIdempotent).isEmpty();
		// One that was begun after the first server had died may be lost with the next.
		assertThat(this.ofOthers).as("a caller has one call in flight at each server that dies")
			.doesNotHaveDuplicates()
			.allSatisfy((call) -> assertThat(hosts(0)).contains(call.member()));
		assertThat(this.ofOthers).as("none while the first group comes back").hasSize(lost);
		assertThat(most).isLessThanOrEqualTo(2);
	}

	private ClientHandle<PeerService.Iface> client(String name, boolean idempotent) {
		ClientHandle<PeerService.Iface> client = ScalesClients.builder(PeerService.Iface.class)
			.name(name)
			.uri("tcp://" + hosts(0) + " || tcp://" + hosts(3))
			.timeout(Duration.ofSeconds(10))
			.idempotent(idempotent)
			.meterRegistry(this.meters)
			.build();
		this.clients.add(client);
		return client;
	}

	private String hosts(int from) {
		return this.ports.subList(from, from + 3)
			.stream()
			.map((port) -> "127.0.0.1:" + port)
			.collect(Collectors.joining(","));
	}

	private static PeerServer server(int port) {
		return PeerServer.start(ThriftMuxServer.builder().port(port));
	}

	private void call(ClientHandle<PeerService.Iface> client, Queue<Lost> failures) {
		for (int i = 0; i < CALLERS; i++) {
			Thread caller = new Thread(() -> {
				while (!this.over) {
					try {
						client.proxy().sleep(2);
						this.answers.incrementAndGet();
					}
					catch (Exception ex) {
						failures.add(Lost.of(ex));
					}
				}
			});
			caller.start();
			this.callers.add(caller);
		}
	}

	private void awaitAnswers(long more) {
		long before = this.answers.get();
		Fixture.await(() -> this.answers.get() > before + more);
	}

	private long requests(int from, int to) {
		return this.servers.subList(from, to).stream().mapToLong((server) -> server.stats().requests()).sum();
	}

	/** Of any client within a second, successful or not. */
	private int mostConnectsUntil(BooleanSupplier condition) throws InterruptedException {
		List<Deque<Look>> last = Stream.generate(() -> (Deque<Look>) new ArrayDeque<Look>()).limit(4).toList();
		int[] most = { 0 };
		AtomicBoolean done = new AtomicBoolean();
		Thread watch = new Thread(() -> {
			while (!done.get()) {
				for (int i = 0; i < 4; i++) {
					Deque<Look> second = last.get(i);
					Look now = new Look(System.nanoTime(), connects("c" + i));
					second.addLast(now);
					while (now.nanos - second.getFirst().nanos > TimeUnit.SECONDS.toNanos(1)) {
						second.removeFirst();
					}
					most[0] = Math.max(most[0], now.connects - second.getFirst().connects);
				}
				LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
			}
		});
		watch.start();
		Fixture.await(condition);
		done.set(true);
		watch.join();
		return most[0];
	}

	private int connects(String client) {
		return (int) this.meters.find(MeterNames.CONNECTIONS)
			.tag("client", client)
			.counters()
			.stream()
			.filter((counter) -> !"closed".equals(counter.getId().getTag("event")))
			.mapToDouble(Counter::count)
			.sum();
	}

	/** How many connects there had been at a time. */
	private record Look(long nanos, int connects) {
	}

	/**
	 * A call that failed, by its caller and the member it was sent to.
	 *
	 * @param caller the thread
	 * @param member the address, or why there is none
	 */
	private record Lost(Thread caller, String member) {

		static Lost of(Exception failure) {
			String member = (failure instanceof ScalesException ours) ? ours.member() : null;
			return new Lost(Thread.currentThread(), (member != null) ? member : failure.toString());
		}

	}

}
