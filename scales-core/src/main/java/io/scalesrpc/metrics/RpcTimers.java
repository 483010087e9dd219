package io.scalesrpc.metrics;

import java.time.Duration;
import java.util.Locale;
import java.util.stream.Stream;

import io.micrometer.core.instrument.Timer;
import io.scalesrpc.Internal;
import io.scalesrpc.call.FailureKind;
import io.scalesrpc.call.MethodSpec;
import org.jspecify.annotations.Nullable;

/**
 * Timers by OpenTelemetry's semantic conventions for RPC, in seconds and with the buckets
 * that these advise. Meters of a name want every key every time, so one that says nothing
 * is {@code none}. <em>Stateless</em>; thread-safe.
 */
@Internal
public final class RpcTimers {

	private static final Duration[] BUCKETS = Stream
		.of(5, 10, 25, 50, 75, 100, 250, 500, 750, 1_000, 2_500, 5_000, 7_500, 10_000)
		.map(Duration::ofMillis)
		.toArray(Duration[]::new);

	private RpcTimers() {
	}

	/** Not made yet. */
	static Timer.Builder ofClient(String client, String protocol, MethodSpec method, @Nullable FailureKind kind) {
		boolean isError = kind != null && kind != FailureKind.DECLARED;
		return timer(MeterNames.RPC_CLIENT_CALL_DURATION).tag("scales.client", client)
			.tag("rpc.system.name", protocol)
			.tag("rpc.method", method.service() + "/" + method.name())
			.tag("rpc.status_code", (kind != null) ? kind.name() : "OK")
			.tag("error.type", (kind != null && isError) ? kind.name().toLowerCase(Locale.ROOT) : "none");
	}

	/**
	 * A timer of a server that is not made yet.
	 * @param protocol what the server speaks
	 * @param method service and method, or {@code _OTHER} for one that it has not
	 * @param error the class that was thrown, or {@code none}
	 * @return the timer, to be registered
	 */
	public static Timer.Builder ofServer(String protocol, String method, String error) {
		return timer(MeterNames.RPC_SERVER_CALL_DURATION).tag("rpc.system.name", protocol)
			.tag("rpc.method", method)
			.tag("rpc.status_code", error.equals("none") ? "OK" : "REMOTE")
			.tag("error.type", error);
	}

	private static Timer.Builder timer(String name) {
		return Timer.builder(name).description(MeterInfo.of(name).description()).serviceLevelObjectives(BUCKETS);
	}

}
