package io.scalesrpc.finagle.failing;

import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;

import io.scalesrpc.failing.Manners;
import io.scalesrpc.failing.SickService;

/**
 * A service that is called 500 times a second and fails all calls for half a minute: what
 * it gets meanwhile, and how soon it answers all calls again. <em>Confined to the thread
 * that runs it</em>.
 */
final class Metastable {

	private static final int CALLS_PER_SECOND = 500;

	private final Table table = new Table("metastable: 500 calls a second, well for 10 s, sick for 30 s, well for 10 s",
			"manners", "calls while sick", "requests while sick", "requests a call", "answered while sick",
			"ms until all calls are answered", "answered of the last 4000");

	private final AtomicLong lastFailed = new AtomicLong();

	void run(Manners manners) {
		try (SickService service = new SickService(manners)) {
			LongAdder answered = new LongAdder();
			callFor(10, service, answered);
			service.sick(true);
			answered.reset();
			long before = service.requests();
			int calls = callFor(30, service, answered);
			double requests = service.requests() - before;
			double answeredWhileSick = answered.sum();
			service.sick(false);
			long healed = System.nanoTime();
			callFor(2, service, answered);
			LongAdder last = new LongAdder();
			callFor(8, service, last);
			LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(1));
			long millis = TimeUnit.NANOSECONDS.toMillis(Math.max(0, this.lastFailed.get() - healed));
			this.table.row(manners.name().toLowerCase(Locale.ROOT), calls, requests, requests / calls,
					answeredWhileSick, millis, last.sum());
		}
	}

	private int callFor(int seconds, SickService service, LongAdder answered) {
		int calls = seconds * CALLS_PER_SECOND;
		long start = System.nanoTime();
		for (int i = 0; i < calls; i++) {
			long due = start + i * TimeUnit.SECONDS.toNanos(1) / CALLS_PER_SECOND;
			while (due - System.nanoTime() > 0) {
				LockSupport.parkNanos(due - System.nanoTime());
			}
			service.call().whenComplete((answer, failure) -> {
				if (failure == null) {
					answered.increment();
				}
				else {
					this.lastFailed.set(System.nanoTime());
				}
			});
		}
		return calls;
	}

}
