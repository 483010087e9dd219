package io.scalesrpc.metrics;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.scalesrpc.call.Failure;
import io.scalesrpc.call.FailureKind;
import io.scalesrpc.call.MethodSpec;
import io.scalesrpc.call.Outcome;
import org.jspecify.annotations.Nullable;

/**
 * The meters of one client. Every meter is looked up once and kept, so that counting
 * costs no look-up in the registry. Tags are bounded: a client, a protocol, the methods
 * of an interface, the kinds of a failure. <em>Thread-safe</em>.
 */
public final class ClientMetrics implements AutoCloseable {

	private static final int KINDS = FailureKind.values().length;

	private final MeterRegistry registry;

	private final Tags tags;

	private final String client;

	private final String protocol;

	private final List<Meter> meters = new ArrayList<>();

	/** Guarded by {@code meters}, as is the list. */
	private boolean closed;

	private final ConcurrentMap<MethodSpec, Timer[]> requests = new ConcurrentHashMap<>();

	/** Told every event beside those that a counter of its own counts. */
	private volatile Consumer<Event> watcher = (event) -> {
	};

	/** By the ordinal of the event: several are counted for each call. */
	private final AtomicReferenceArray<@Nullable Counter> events = new AtomicReferenceArray<>(Event.values().length);

	/**
	 * Creates the meters of a client as they are needed.
	 * @param registry where they are kept
	 * @param client the client's name
	 * @param protocol the protocol's name
	 */
	public ClientMetrics(MeterRegistry registry, String client, String protocol) {
		this.registry = registry;
		this.client = client;
		this.protocol = protocol;
		this.tags = Tags.of("client", client, "protocol", protocol);
	}

	/**
	 * The client that is measured.
	 * @return its name
	 */
	public String client() {
		return this.client;
	}

	/**
	 * What is spoken.
	 * @return the protocol's name
	 */
	public String protocol() {
		return this.protocol;
	}

	/**
	 * Records a call as the caller saw it.
	 * @param method what was called
	 * @param outcome how it ended
	 * @param nanos how long it took, in nanoseconds
	 */
	public void request(MethodSpec method, Outcome outcome, long nanos) {
		Timer[] timers = this.requests.get(method);
		if (timers == null) {
			timers = this.requests.computeIfAbsent(method, (key) -> new Timer[KINDS + 1]);
		}
		int index = (outcome instanceof Failure failure) ? failure.kind().ordinal() + 1 : 0;
		Timer timer = timers[index];
		if (timer == null) {
			timer = requestTimer(method, (outcome instanceof Failure failure) ? failure.kind() : null);
			timers[index] = timer;
		}
		timer.record(nanos, TimeUnit.NANOSECONDS);
	}

	/**
	 * Counts one event.
	 * @param event what happened
	 */
	public void count(Event event) {
		counter(event).increment();
		if (event.isWatched()) {
			this.watcher.accept(event);
		}
	}

	/**
	 * Tells somebody of the events that mean trouble, as they are counted.
	 * @param newWatcher told on any thread; must neither block nor throw
	 */
	public void watch(Consumer<Event> newWatcher) {
		this.watcher = newWatcher;
	}

	/**
	 * Counts an event that has an amount, such as bytes.
	 * @param event what happened
	 * @param amount how much, zero or more
	 */
	public void count(Event event, long amount) {
		counter(event).increment(amount);
	}

	/**
	 * Makes a counter with tags of its own, to be kept by whoever counts.
	 * @param name the meter's name, from {@link MeterNames}
	 * @param own its tags beside client and protocol, of few values
	 * @return the counter
	 */
	public Counter counter(String name, Tags own) {
		return keep((r) -> Counter.builder(name).tags(this.tags.and(own)).register(r));
	}

	/**
	 * Shows a value that is read when someone looks.
	 * @param name the meter's name, from {@link MeterNames}
	 * @param source what is read; it must live as long as the client
	 * @param value reads it
	 * @param <T> the type of the source
	 */
	public <T> void gauge(String name, T source, ToDoubleFunction<T> value) {
		gauge(name, Tags.empty(), source, value);
	}

	/**
	 * Shows a value that is read when someone looks.
	 * @param name the meter's name, from {@link MeterNames}
	 * @param tag one more tag as key and value, or none
	 * @param source what is read, held weakly by nobody: it must live as long as the
	 * client
	 * @param value reads it
	 * @param <T> the type of the source
	 */
	public <T> void gauge(String name, Tags tag, T source, ToDoubleFunction<T> value) {
		synchronized (this.meters) {
			// What was shown there before is no longer what there is.
			removeIf((meter) -> meter instanceof Gauge && meter.getId().getName().equals(name)
					&& meter.getId().getTags().containsAll(tag.stream().toList()));
			keep((r) -> Gauge.builder(name, source, value).tags(this.tags.and(tag)).strongReference(true).register(r));
		}
	}

	/**
	 * No longer shows a value.
	 * @param name the meter's name, from {@link MeterNames}
	 * @param tag one more tag, or none
	 */
	public void hide(String name, Tags tag) {
		synchronized (this.meters) {
			removeIf((meter) -> meter.getId().getName().equals(name)
					&& meter.getId().getTags().containsAll(tag.stream().toList()));
		}
	}

	private void removeIf(Predicate<Meter> which) {
		this.meters.removeIf((meter) -> {
			boolean removed = which.test(meter);
			if (removed) {
				this.registry.remove(meter);
			}
			return removed;
		});
	}

	/**
	 * Registers meters that somebody else keeps and takes back: those of a library.
	 * @param meters the meters
	 */
	public void bind(MeterBinder meters) {
		synchronized (this.meters) {
			meters.bindTo(this.closed ? new SimpleMeterRegistry() : this.registry);
		}
	}

	/**
	 * Takes all meters of the client out of the registry. What is counted afterwards, by
	 * connections that are still closing, is counted nowhere.
	 */
	@Override
	public void close() {
		synchronized (this.meters) {
			this.meters.forEach(this.registry::remove);
			this.meters.clear();
			this.closed = true;
		}
	}

	private Counter counter(Event event) {
		Counter counter = this.events.get(event.ordinal());
		if (counter == null) {
			// Two threads that come at once get the same meter from the registry.
			counter = newCounter(event);
			this.events.set(event.ordinal(), counter);
		}
		return counter;
	}

	private Counter newCounter(Event event) {
		return keep((r) -> Counter.builder(event.meter()).tags(this.tags.and(event.tags())).register(r));
	}

	private Timer requestTimer(MethodSpec method, @Nullable FailureKind kind) {
		String outcome = (kind == null) ? "success" : (kind == FailureKind.DECLARED) ? "declared" : "failure";
		String kindTag = (kind == null) ? "none" : kind.name().toLowerCase(Locale.ROOT);
		Tags own = this.tags.and("method", method.name(), "outcome", outcome, "kind", kindTag);
		return keep((r) -> Timer.builder(MeterNames.REQUESTS).tags(own).register(r));
	}

	/** Makes and remembers a meter: not on the path of a call but for its first time. */
	private <M extends Meter> M keep(Function<MeterRegistry, M> maker) {
		synchronized (this.meters) {
			if (this.closed) {
				return maker.apply(new SimpleMeterRegistry());
			}
			M meter = maker.apply(this.registry);
			this.meters.add(meter);
			return meter;
		}
	}

}
