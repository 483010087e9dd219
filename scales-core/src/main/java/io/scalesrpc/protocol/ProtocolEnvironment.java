package io.scalesrpc.protocol;

import java.time.Clock;
import java.util.Map;
import java.util.random.RandomGenerator;

import io.scalesrpc.metrics.ClientMetrics;
import io.scalesrpc.time.Ticker;
import io.scalesrpc.time.Timer;
import io.scalesrpc.transport.Connector;
import io.scalesrpc.transport.TransportLimits;

/**
 * What a protocol is given to make connections for one client. <em>Immutable</em>.
 *
 * @param client the client's name
 * @param connector opens channels: event loops and connect timeout
 * @param limits how much a connection may hold
 * @param metrics counts what connections do
 * @param timer wakes pings and time limits
 * @param ticker tells the time
 * @param clock the wall clock, for deadlines on the wire only
 * @param random draws ids that must not repeat
 * @param options settings of the protocol itself, such as {@code client-id} or
 * {@code encoding}; a protocol refuses keys it does not know
 */
public record ProtocolEnvironment(String client, Connector connector, TransportLimits limits, ClientMetrics metrics,
		Timer timer, Ticker ticker, Clock clock, RandomGenerator random, Map<String, String> options) {

	/** Copies the options. */
	public ProtocolEnvironment {
		options = Map.copyOf(options);
	}

	/**
	 * The same with other options, for a protocol that is spoken through another.
	 * @param others the options of that one
	 * @return the new environment
	 */
	public ProtocolEnvironment withOptions(Map<String, String> others) {
		return new ProtocolEnvironment(this.client, this.connector, this.limits, this.metrics, this.timer, this.ticker,
				this.clock, this.random, others);
	}

}
