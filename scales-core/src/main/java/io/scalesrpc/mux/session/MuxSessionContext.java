package io.scalesrpc.mux.session;

import java.util.concurrent.atomic.LongAdder;

import io.scalesrpc.metrics.ClientMetrics;
import io.scalesrpc.time.Ticker;
import io.scalesrpc.time.Timer;
import io.scalesrpc.transport.TransportLimits;

/**
 * What every session of one client shares. <em>Immutable</em>.
 *
 * @param codec writes and reads the bodies
 * @param settings how mux is spoken
 * @param limits how much a connection may hold
 * @param metrics counts what happens
 * @param timer wakes pings and time limits
 * @param ticker tells the time
 * @param owedTags counts the answers that servers owe to abandoned calls
 */
public record MuxSessionContext(DispatchCodec codec, MuxSettings settings, TransportLimits limits,
		ClientMetrics metrics, Timer timer, Ticker ticker, LongAdder owedTags) {
}
