package io.scalesrpc.client;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.scalesrpc.call.CallCancelledException;
import io.scalesrpc.call.NotSentException;
import io.scalesrpc.call.Reply;
import io.scalesrpc.testing.Sockets;
import org.junit.jupiter.api.RepeatedTest;

import static org.assertj.core.api.Assertions.assertThat;

@Sockets
class ClosingUnderLoadTests {

	private static final int CALLERS = 4;

	@RepeatedTest(20)
	void everyCallEndsWhenTheClientIsClosedUnderLoad() throws Exception {
		ExecutorService server = Executors.newFixedThreadPool(2);
		ConcurrentLinkedQueue<CompletableFuture<Integer>> futures = new ConcurrentLinkedQueue<>();
		ConcurrentLinkedQueue<Throwable> surprises = new ConcurrentLinkedQueue<>();
		AtomicInteger answered = new AtomicInteger();
		// One call in eight is never answered.
		AtomicInteger count = new AtomicInteger();
		FakeProtocol protocol = new FakeProtocol().answering((call) -> {
			if (count.incrementAndGet() % 8 != 0) {
				server.execute(() -> call.end(Reply.of(3)));
			}
		});
		ClientHandle<Sums> handle = ScalesClients.builder(Sums.class)
			.uri("tcp://127.0.0.1:9090,127.0.0.1:9091")
			.protocol(protocol)
			.timeout(Duration.ofHours(1))
			.build();
		List<Thread> callers = new ArrayList<>();
		for (int i = 0; i < CALLERS; i++) {
			boolean blocking = i % 2 == 0;
			callers.add(new Thread(() -> callUntilRefused(handle.proxy(), blocking, futures, answered, surprises)));
		}
		callers.forEach(Thread::start);
		Fixture.await(() -> answered.get() > 50 || futures.size() > 200);
		handle.close(Duration.ofMillis(3)).toCompletableFuture().get(10, TimeUnit.SECONDS);
		for (Thread caller : callers) {
			caller.join(10_000);
			assertThat(caller.isAlive()).isFalse();
		}
		Fixture.await(() -> futures.stream().allMatch(CompletableFuture::isDone));
		assertThat(surprises).isEmpty();
		assertThat(handle.view().pending()).isZero();
		server.shutdown();
	}

	private static void callUntilRefused(Sums client, boolean blocking,
			ConcurrentLinkedQueue<CompletableFuture<Integer>> futures, AtomicInteger answered,
			ConcurrentLinkedQueue<Throwable> surprises) {
		boolean refused = false;
		while (!refused) {
			try {
				if (blocking) {
					client.boxed(1);
					answered.incrementAndGet();
				}
				else {
					CompletableFuture<Integer> future = client.addAsync(1, 2);
					futures.add(future);
					refused = future.isCompletedExceptionally();
				}
			}
			catch (NotSentException ex) {
				refused = true;
			}
			catch (CallCancelledException ex) {
				// closed while it was in flight
			}
			catch (Throwable ex) {
				surprises.add(ex);
				refused = true;
			}
		}
	}

}
