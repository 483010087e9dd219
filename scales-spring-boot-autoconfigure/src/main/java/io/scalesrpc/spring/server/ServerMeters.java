package io.scalesrpc.spring.server;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.scalesrpc.metrics.MeterInfo;
import io.scalesrpc.metrics.MeterNames;
import io.scalesrpc.metrics.RpcTimers;
import io.scalesrpc.server.ServerCall;
import io.scalesrpc.server.ServerInterceptor;
import io.scalesrpc.server.ServerStats;
import io.scalesrpc.server.ThriftMuxServer;
import io.scalesrpc.time.Ticker;

/**
 * Counts the calls of a server, around all its other interceptors. A method that the
 * server does not have has no meter of its own: its name comes from outside.
 * <em>Thread-safe</em>.
 */
final class ServerMeters implements ServerInterceptor {

	private static final String UNKNOWN = "unknown";

	private final Map<String, Timer[]> timers = new ConcurrentHashMap<>();

	private final MeterRegistry registry;

	private final Ticker ticker;

	private final ServerInterceptor inner;

	/** Whether there are those of OpenTelemetry's conventions, too. */
	private final boolean rpc;

	/** By method, and then by error. */
	private final Map<String, Map<String, Timer>> rpcTimers = new ConcurrentHashMap<>();

	private volatile Set<String> methods = Set.of();

	ServerMeters(MeterRegistry registry, Ticker ticker, ServerInterceptor inner, boolean rpc) {
		this.rpc = rpc;
		this.registry = registry;
		this.ticker = ticker;
		this.inner = inner;
	}

	/** Counts a server from now on; one that was counted before counts no more. */
	void count(ThriftMuxServer server) {
		this.methods = Set.copyOf(server.methods());
		ServerStats stats = server.stats();
		gauge(MeterNames.SERVER_ACTIVE, stats, ServerStats::active);
		gauge(MeterNames.SERVER_CONNECTIONS, stats, ServerStats::connections);
		gauge(MeterNames.SERVER_CONNECTIONS_STALLED, stats, ServerStats::stalled);
		counter(MeterNames.SERVER_CONNECTIONS_REFUSED, stats, ServerStats::refusedConnections);
		counter(MeterNames.SERVER_NACKS, stats, ServerStats::nacks);
		counter(MeterNames.SERVER_EXPIRED, stats, ServerStats::expired);
		counter(MeterNames.SERVER_DISCARDS, stats, ServerStats::discards);
		counter(MeterNames.SERVER_PROTOCOL_ERRORS, stats, ServerStats::protocolErrors);
	}

	private void gauge(String name, ServerStats stats, ToDoubleFunction<ServerStats> value) {
		this.registry.find(name).meters().forEach(this.registry::remove);
		MeterInfo info = MeterInfo.of(name);
		Gauge.builder(name, stats, value).description(info.description()).baseUnit(info.unit()).register(this.registry);
	}

	private void counter(String name, ServerStats stats, ToDoubleFunction<ServerStats> value) {
		this.registry.find(name).meters().forEach(this.registry::remove);
		MeterInfo info = MeterInfo.of(name);
		FunctionCounter.builder(name, stats, value)
			.description(info.description())
			.baseUnit(info.unit())
			.register(this.registry);
	}

	@Override
	public void intercept(ServerCall call, Runnable handler) throws Exception {
		long start = this.ticker.nanos();
		Outcome outcome = Outcome.REJECTED;
		try {
			this.inner.intercept(call, handler);
			outcome = call.isFailed() ? Outcome.ERROR : Outcome.SUCCESS;
		}
		finally {
			long nanos = this.ticker.nanos() - start;
			timer(call.method(), outcome).record(nanos, TimeUnit.NANOSECONDS);
			if (this.rpc) {
				rpcTimer(call).record(nanos, TimeUnit.NANOSECONDS);
			}
		}
	}

	private Timer timer(String method, Outcome outcome) {
		String known = this.methods.contains(method) ? method : UNKNOWN;
		Timer[] made = this.timers.get(known);
		return ((made != null) ? made : this.timers.computeIfAbsent(known, this::timers))[outcome.ordinal()];
	}

	/** By OpenTelemetry's conventions; exceptions are classes of the application. */
	private Timer rpcTimer(ServerCall call) {
		Throwable error = call.error();
		String thrown = (error != null) ? error.getClass().getName() : "none";
		Map<String, Timer> ofMethod = this.rpcTimers.get(call.fullName());
		Timer timer = (ofMethod != null) ? ofMethod.get(thrown) : null;
		return (timer != null) ? timer
				: this.rpcTimers.computeIfAbsent(call.fullName(), (method) -> new ConcurrentHashMap<>())
					.computeIfAbsent(thrown,
							(same) -> RpcTimers.ofServer(call.protocol().text(), call.fullName(), thrown)
								.register(this.registry));
	}

	/** One for each outcome. */
	private Timer[] timers(String method) {
		return Stream.of(Outcome.values())
			.map((outcome) -> Timer.builder(MeterNames.SERVER_REQUESTS)
				.description(MeterInfo.of(MeterNames.SERVER_REQUESTS).description())
				.tag("method", method)
				.tag("outcome", outcome.name().toLowerCase(Locale.ROOT))
				.register(this.registry))
			.toArray(Timer[]::new);
	}

	/** How a call ended. */
	private enum Outcome {

		SUCCESS, ERROR, REJECTED

	}

}
