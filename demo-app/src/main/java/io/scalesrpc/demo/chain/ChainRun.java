package io.scalesrpc.demo.chain;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A number of requests with a deadline, so many at a time. The deadline is the sender's:
 * it runs from before the request is sent. <em>Thread-safe</em>.
 */
final class ChainRun {

	/** For hops that work on though nobody waits: what they do is to be seen, too. */
	private static final long AFTERMATH_MILLIS = 500;

	private final Map<String, Long> deadlines = new ConcurrentHashMap<>();

	private final AtomicInteger timedOut = new AtomicInteger();

	private final HttpClient http = HttpClient.newHttpClient();

	private final Sightings sightings;

	private final int port;

	private final Duration timeout;

	ChainRun(Sightings sightings, int port, Duration timeout) {
		this.sightings = sightings;
		this.port = port;
		this.timeout = timeout;
	}

	ChainReport report(int requests, int concurrency) throws InterruptedException {
		ExecutorService senders = Executors.newFixedThreadPool(concurrency);
		for (int i = 0; i < requests; i++) {
			senders.execute(this::send);
		}
		senders.shutdown();
		senders.awaitTermination(10, TimeUnit.MINUTES);
		Thread.sleep(AFTERMATH_MILLIS);
		return new ChainReport(requests, this.timedOut.get(), this.timeout.toMillis(), overruns());
	}

	private void send() {
		String name = UUID.randomUUID().toString();
		HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:" + this.port + "/api/chain/" + name))
			.header("X-Request-Timeout", String.valueOf(this.timeout.toMillis()))
			.build();
		this.sightings.watch(name);
		this.deadlines.put(name, System.nanoTime() + this.timeout.toNanos());
		try {
			if (this.http.send(request, BodyHandlers.discarding()).statusCode() == 504) {
				this.timedOut.incrementAndGet();
			}
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private Map<Hop, Overrun> overruns() {
		Map<Hop, List<Long>> nanos = new EnumMap<>(Hop.class);
		this.deadlines.forEach((name, deadline) -> this.sightings.take(name)
			.forEach((hop, last) -> nanos.computeIfAbsent(hop, (none) -> new ArrayList<>()).add(last - deadline)));
		Map<Hop, Overrun> overruns = new EnumMap<>(Hop.class);
		nanos.forEach((hop, late) -> overruns.put(hop, overrun(late.stream().sorted().toList())));
		return overruns;
	}

	private static Overrun overrun(List<Long> sorted) {
		return new Overrun(sorted.size(), TimeUnit.NANOSECONDS.toMicros(sorted.get(sorted.size() / 2)),
				TimeUnit.NANOSECONDS.toMicros(sorted.get(sorted.size() - 1)));
	}

}
