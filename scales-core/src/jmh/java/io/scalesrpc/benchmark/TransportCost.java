package io.scalesrpc.benchmark;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.function.BiConsumer;

import com.sun.management.OperatingSystemMXBean;
import io.scalesrpc.transport.EventLoops;
import io.scalesrpc.transport.Transport;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * What a call costs on a transport: echoes of a bare client on one event loop, by connections and calls at a time. Run by
 * {@code src/jmh/transport.sh}. <em>Stateless</em>.
 */
public final class TransportCost {

	private static final int[] CONNECTIONS = { 1, 50, 500 };

	private static final int[] AT_A_TIME = { 1, 64, 256 };

	private static final OperatingSystemMXBean SYSTEM = (OperatingSystemMXBean) ManagementFactory
		.getOperatingSystemMXBean();

	private TransportCost() {
	}

	/**
	 * Runs all loads.
	 * @param args the transport; the server's port; seconds of a load
	 */
	public static void main(String[] args) throws Exception {
		Transport transport = Transport.valueOf(args[0].toUpperCase(Locale.ROOT));
		EventLoops loops = EventLoops.create("transport-cost", 1, transport);
		int seconds = Integer.parseInt(args[2]);
		for (int connections : CONNECTIONS) {
			List<BareNettyClient> clients = new ArrayList<>();
			for (int i = 0; i < connections; i++) {
				clients.add(new BareNettyClient(Integer.parseInt(args[1]), loops));
			}
			new Load(clients, AT_A_TIME[1]).run(2 * seconds);
			for (int atATime : AT_A_TIME) {
				System.out.printf("%-9s %4d connections %4d at a time %s%n", transport, connections, atATime,
						new Load(clients, atATime).run(seconds));
			}
			clients.forEach(BareNettyClient::close);
		}
		loops.close(Duration.ofSeconds(1)).toCompletableFuture().join();
	}

	/** One load. <em>Confined to the event loop</em>, but for its beginning and end. */
	private static final class Load {

		private final List<BareNettyClient> clients;

		private final int atATime;

		private final Histogram nanos = new Histogram(3);

		private final CountDownLatch left;

		private int next;

		private volatile boolean over;

		Load(List<BareNettyClient> clients, int atATime) {
			this.clients = clients;
			this.atATime = atATime;
			this.left = new CountDownLatch(atATime);
		}

		String run(int seconds) throws InterruptedException {
			long cpu = SYSTEM.getProcessCpuTime();
			long start = System.nanoTime();
			for (int i = 0; i < this.atATime; i++) {
				// The first is handed over to the loop, the others follow there.
				BareNettyClient client = this.clients.get(i % this.clients.size());
				client.echo("thirty-two bytes to come back...", new Caller());
			}
			Thread.sleep(Duration.ofSeconds(seconds).toMillis());
			this.over = true;
			this.left.await();
			long calls = this.nanos.getTotalCount();
			return String.format("%8.0f calls/s %7.2f us CPU %8.1f us p99", calls * 1e9 / (System.nanoTime() - start),
					(SYSTEM.getProcessCpuTime() - cpu) / 1e3 / calls, this.nanos.getValueAtPercentile(99) / 1e3);
		}

		/** One of those at a time. */
		private final class Caller implements BiConsumer<@Nullable String, @Nullable Throwable> {

			private long sent = System.nanoTime();

			@Override
			public void accept(@Nullable String answer, @Nullable Throwable failure) {
				long now = System.nanoTime();
				Load.this.nanos.recordValue(now - this.sent);
				if (Load.this.over) {
					Load.this.left.countDown();
					return;
				}
				this.sent = now;
				int client = Load.this.next++ % Load.this.clients.size();
				Load.this.clients.get(client).echo("thirty-two bytes to come back...", this);
			}

		}

	}

}
