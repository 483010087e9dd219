package io.scalesrpc.transport.reconnect;

import java.util.concurrent.Executor;

import io.scalesrpc.Internal;
import io.scalesrpc.time.Backoff;
import io.scalesrpc.time.Ticker;
import io.scalesrpc.time.Timer;

/**
 * What all resurrectors of one client have in common. <em>Immutable</em>; all are
 * thread-safe.
 *
 * @param backoff how long to wait after a failure
 * @param timer wakes them after the wait
 * @param ticker tells the time
 * @param loops go on with tasks that are too many for a caller
 */
@Internal
public record ReconnectTerms(Backoff backoff, Timer timer, Ticker ticker, Executor loops) {
}
