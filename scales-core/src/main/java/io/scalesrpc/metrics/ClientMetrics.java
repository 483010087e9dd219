package io.scalesrpc.metrics;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
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
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
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

	/** The registry, if it is made of others, as Micrometer's global one. */
	private final @Nullable CompositeMeterRegistry composite;

	private final Tags tags;

	private final String client;

	private final String protocol;

	/** Not a monitor: a virtual thread that makes a method's first meter waits for it. */
	private final Lock guard = new ReentrantLock();

	/** Guarded by {@code guard}. */
	private final Set<Meter> meters = new LinkedHashSet<>();

	/** Guarded by {@code guard}. */
	private boolean closed;

	private final MeterOptions options;

	private final ConcurrentMap<MethodSpec, Timer[]> requests = new ConcurrentHashMap<>();

	/**
	 * Told the events that mean trouble, those that {@link Event#isWatched() are
	 * watched}.
	 */
	private volatile Consumer<Event> watcher = (event) -> {
	};

	/** Those of OpenTelemetry's conventions; empty unless they are wanted. */
	private final ConcurrentMap<MethodSpec, Timer[]> rpcRequests = new ConcurrentHashMap<>();

	/** By who is asked for them; empty unless they are wanted. */
	private final ConcurrentMap<Object, MemberMeters> members = new ConcurrentHashMap<>();

	/** By the ordinal of the event: several are counted for each call. */
	private final AtomicReferenceArray<@Nullable Counter> events = new AtomicReferenceArray<>(Event.values().length);

	/**
	 * Creates the meters of a client as they are needed.
	 * @param registry where they are kept
	 * @param client the client's name
	 * @param protocol the protocol's name
	 */
	public ClientMetrics(MeterRegistry registry, String client, String protocol) {
		this(registry, client, protocol, MeterOptions.DEFAULT);
	}

	/**
	 * Creates the meters of a client as they are needed.
	 * @param registry where they are kept
	 * @param client the client's name
	 * @param protocol the protocol's name
	 * @param options which there are beside the usual ones
	 */
	public ClientMetrics(MeterRegistry registry, String client, String protocol, MeterOptions options) {
		this.options = options;
		this.registry = registry;
		this.composite = (registry instanceof CompositeMeterRegistry made) ? made : null;
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
		if (!isHeard()) {
			return;
		}
		FailureKind kind = (outcome instanceof Failure failure) ? failure.kind() : null;
		timer(this.requests, method, kind).record(nanos, TimeUnit.NANOSECONDS);
		if (this.options.rpc()) {
			timer(this.rpcRequests, method, kind).record(nanos, TimeUnit.NANOSECONDS);
		}
	}

	/**
	 * What is recorded while a composite has no registry is kept by nobody: asking costs
	 * less than the way through meters of nothing.
	 */
	private boolean isHeard() {
		return this.composite == null || !this.composite.getRegistries().isEmpty();
	}

	private Timer timer(ConcurrentMap<MethodSpec, Timer[]> all, MethodSpec method, @Nullable FailureKind kind) {
		Timer[] timers = all.get(method);
		if (timers == null) {
			timers = all.computeIfAbsent(method, (key) -> new Timer[KINDS + 1]);
		}
		int index = (kind != null) ? kind.ordinal() + 1 : 0;
		Timer timer = timers[index];
		if (timer == null) {
			timer = (all == this.requests) ? requestTimer(method, kind) : rpcTimer(method, kind);
			timers[index] = timer;
		}
		return timer;
	}

	/**
	 * Makes the meters of a member, if members are to have some.
	 * @param address the member's host and port
	 * @param source what is asked, and by which the member is known here; held until it
	 * leaves
	 * @param pending how many calls are there
	 * @param available 1 while calls may go there, else 0
	 * @param <T> the type of the source
	 */
	public <T> void memberJoined(String address, T source, ToDoubleFunction<T> pending, ToDoubleFunction<T> available) {
		if (this.options.members()) {
			this.members.computeIfAbsent(source, (same) -> new MemberMeters(this, address, source, pending, available));
		}
	}

	/**
	 * Takes the meters of a member out of the registry.
	 * @param source by which the member is known
	 */
	public void memberLeft(Object source) {
		MemberMeters left = this.options.members() ? this.members.remove(source) : null;
		if (left != null) {
			this.guard.lock();
			try {
				left.meters().stream().filter(this.meters::remove).forEach(this.registry::remove);
			}
			finally {
				this.guard.unlock();
			}
		}
	}

	/**
	 * Records an attempt at a member, if members have meters and this one has not left.
	 * @param source by which the member is known
	 * @param outcome how it ended
	 * @param nanos how long it took, in nanoseconds
	 */
	public void attempt(Object source, Outcome outcome, long nanos) {
		MemberMeters meters = this.options.members() ? this.members.get(source) : null;
		if (meters != null) {
			meters.attempt(outcome, nanos);
		}
	}

	/**
	 * Makes a timer with tags of its own, to be kept by the caller.
	 * @param name the meter's name, from {@link MeterNames}
	 * @param own its tags beside client and protocol, of few values
	 * @return the timer
	 */
	public Timer timer(String name, Tags own) {
		return keep((r) -> Timer.builder(name)
			.description(MeterInfo.of(name).description())
			.tags(this.tags.and(own))
			.register(r));
	}

	/**
	 * Makes counters before there is anything to count: a rate needs the zero before the
	 * first.
	 * @param events what may happen
	 */
	public void prepare(Collection<Event> events) {
		events.forEach(this::counter);
	}

	/**
	 * Counts one event.
	 * @param event what happened
	 */
	public void count(Event event) {
		if (isHeard()) {
			counter(event).increment();
		}
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
		if (isHeard()) {
			counter(event).increment(amount);
		}
	}

	/**
	 * Makes a counter with tags of its own, to be kept by the caller.
	 * @param name the meter's name, from {@link MeterNames}
	 * @param own its tags beside client and protocol, of few values
	 * @return the counter
	 */
	public Counter counter(String name, Tags own) {
		MeterInfo info = MeterInfo.of(name);
		return keep((r) -> Counter.builder(name)
			.description(info.description())
			.baseUnit(info.unit())
			.tags(this.tags.and(own))
			.register(r));
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
		this.guard.lock();
		try {
			// What was shown there before is no longer what there is.
			removeIf((meter) -> meter instanceof Gauge && meter.getId().getName().equals(name)
					&& meter.getId().getTags().containsAll(tag.stream().toList()));
			newGauge(name, tag, source, value);
		}
		finally {
			this.guard.unlock();
		}
	}

	<T> Gauge newGauge(String name, Tags own, T source, ToDoubleFunction<T> value) {
		MeterInfo info = MeterInfo.of(name);
		return keep((r) -> Gauge.builder(name, source, value)
			.description(info.description())
			.baseUnit(info.unit())
			.tags(this.tags.and(own))
			.strongReference(true)
			.register(r));
	}

	/**
	 * No longer shows a value.
	 * @param name the meter's name, from {@link MeterNames}
	 * @param tag one more tag, or none
	 */
	public void hide(String name, Tags tag) {
		this.guard.lock();
		try {
			removeIf((meter) -> meter.getId().getName().equals(name)
					&& meter.getId().getTags().containsAll(tag.stream().toList()));
		}
		finally {
			this.guard.unlock();
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
		this.guard.lock();
		try {
			meters.bindTo(this.closed ? new SimpleMeterRegistry() : this.registry);
		}
		finally {
			this.guard.unlock();
		}
	}

	/**
	 * Takes all meters of the client out of the registry. What is counted afterwards, by
	 * connections that are still closing, is counted nowhere.
	 */
	@Override
	public void close() {
		this.guard.lock();
		try {
			this.meters.forEach(this.registry::remove);
			this.meters.clear();
			this.closed = true;
		}
		finally {
			this.guard.unlock();
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
		return counter(event.meter(), event.tags());
	}

	private Timer requestTimer(MethodSpec method, @Nullable FailureKind kind) {
		String outcome = MemberMeters.Result.of(kind).tag();
		String kindTag = (kind == null) ? "none" : kind.name().toLowerCase(Locale.ROOT);
		return timer(MeterNames.REQUESTS, Tags.of("method", method.name(), "outcome", outcome, "kind", kindTag));
	}

	private Timer rpcTimer(MethodSpec method, @Nullable FailureKind kind) {
		return keep((r) -> RpcTimers.ofClient(this.client, this.protocol, method, kind).register(r));
	}

	/** Makes and remembers a meter: not on the path of a call but for its first time. */
	private <M extends Meter> M keep(Function<MeterRegistry, M> maker) {
		this.guard.lock();
		try {
			if (this.closed) {
				return maker.apply(new SimpleMeterRegistry());
			}
			M meter = maker.apply(this.registry);
			this.meters.add(meter);
			return meter;
		}
		finally {
			this.guard.unlock();
		}
	}

}
