package io.scalesrpc.finagle.registry;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.scalesrpc.client.ClientHandle;
import io.scalesrpc.client.ScalesClients;
import io.scalesrpc.client.delivery.Callbacks;
import io.scalesrpc.finagle.AsyncPeer;
import io.scalesrpc.finagle.balancing.Echoes;
import io.scalesrpc.finagle.balancing.LoadFigures;
import io.scalesrpc.finagle.load.Loads;
import io.scalesrpc.metrics.MeterNames;
import io.scalesrpc.test.peer.PeerService;

/**
 * Our client with its defaults, its connections counted. <em>Confined to the thread that
 * runs the scenario</em>.
 */
final class WatchedClient implements AutoCloseable {

	private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

	private final ClientHandle<AsyncPeer> handle;

	private final AtomicLong mostOpen = new AtomicLong();

	private volatile boolean stopped;

	WatchedClient(String uri) {
		this.handle = ScalesClients.builder(AsyncPeer.class)
			.name("peer")
			.service(PeerService.class)
			.callbacks(Callbacks.EVENT_LOOP)
			.meterRegistry(this.meters)
			.uri(uri)
			.build();
	}

	/**
	 * Puts the client under load meanwhile.
	 * @param command one of {@link Loads}
	 * @return completes with what became of the calls
	 */
	CompletableFuture<LoadFigures> load(String command) {
		String[] words = command.split(" ", 2);
		return CompletableFuture.supplyAsync(() -> {
			try {
				return LoadFigures
					.parse(Loads.run(new Echoes(this.handle.proxy()), words[0], words[1], () -> !this.stopped));
			}
			catch (InterruptedException ex) {
				throw new IllegalStateException(ex);
			}
		});
	}

	/** No load makes further calls. */
	void stop() {
		this.stopped = true;
	}

	int members() {
		return this.handle.view().members().size();
	}

	Set<Integer> ports() {
		return this.handle.view()
			.members()
			.stream()
			.map((member) -> Integer.parseInt(member.address().substring(member.address().lastIndexOf(':') + 1)))
			.collect(Collectors.toSet());
	}

	/** Whether there is a member of an address that begins so. */
	boolean knows(String prefix) {
		return this.handle.view().members().stream().anyMatch((member) -> member.address().startsWith(prefix));
	}

	long opened() {
		return connections("opened");
	}

	/** The most connections that were open whenever this client was watched. */
	long mostOpen() {
		return this.mostOpen.get();
	}

	private long connections(String event) {
		var counter = this.meters.find(MeterNames.CONNECTIONS).tag("event", event).counter();
		return (counter != null) ? (long) counter.count() : 0;
	}

	/**
	 * Watches until something holds.
	 * @return how long that took
	 * @throws IllegalStateException if it does not within two minutes
	 */
	Duration watchUntil(String what, BooleanSupplier holds) throws InterruptedException {
		long start = System.nanoTime();
		while (!holds.getAsBoolean()) {
			Duration waited = Duration.ofNanos(System.nanoTime() - start);
			if (waited.toSeconds() > 120) {
				throw new IllegalStateException(what + ": not within 120 s");
			}
			watch();
			Thread.sleep(20);
		}
		return Duration.ofNanos(System.nanoTime() - start);
	}

	private void watch() {
		this.mostOpen.accumulateAndGet(connections("opened") - connections("closed"), Math::max);
	}

	@Override
	public void close() {
		this.handle.close();
	}

}
