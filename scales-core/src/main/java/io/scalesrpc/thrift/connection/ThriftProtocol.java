package io.scalesrpc.thrift.connection;

import java.util.Map;
import java.util.Set;

import io.scalesrpc.Internal;
import io.scalesrpc.mux.finagle.Addressing;
import io.scalesrpc.mux.finagle.DispatchContexts;
import io.scalesrpc.protocol.ProtocolEnvironment;
import io.scalesrpc.serial.SerialCodec;
import io.scalesrpc.serial.SerialConnectionFactory;
import io.scalesrpc.serial.SerialContext;
import io.scalesrpc.thrift.ThriftCarrier;
import io.scalesrpc.thrift.ThriftCodec;
import io.scalesrpc.transport.ConnectionFactory;

/**
 * The protocol {@code thrift}. Its options: {@code transport} (framed, buffered),
 * {@code encoding} (binary, compact, json), {@code pipeline} (false): true only for
 * servers that answer in the order of the requests, which then share one connection;
 * {@code service-name}: which service is called behind a {@code TMultiplexedProcessor};
 * {@code upgrade} (false): whether servers are asked for Finagle's TTwitter, and
 * {@code client-id}, {@code dst}, {@code dtab}, told to those that speak it.
 * <em>Immutable</em>.
 */
@Internal
public final class ThriftProtocol implements ThriftCarrier {

	/** Made by the {@link java.util.ServiceLoader}. */
	public ThriftProtocol() {
	}

	@Override
	public String name() {
		return "thrift";
	}

	@Override
	public Set<String> options(Map<String, String> given) {
		return ThriftOptions.heeded(given);
	}

	@Override
	public Map<String, String> unheeded(Map<String, String> options) {
		String reason = "Thrift has no room for it; protocol thriftmux has, and thrift.upgrade with Finagle's servers";
		return ThriftOptions.of(options).upgrade() ? Map.of() : Map.of(HEADER, reason, CLIENT_ID, reason);
	}

	@Override
	public Map<String, String> inapplicable() {
		return Map.of("connections-per-member",
				"a connection takes one call at a time, and pool.high says how many a member has");
	}

	@Override
	public ConnectionFactory connections(ProtocolEnvironment environment) {
		ThriftOptions options = ThriftOptions.of(environment.options());
		ThriftCodec messages = new ThriftCodec(options.encoding(), environment.limits().maxFrameBytes(),
				ThriftCodec.DEFAULT_MAX_DEPTH)
			.forService(options.serviceName());
		ThriftConnectionCodec plain = new ThriftConnectionCodec(messages, options.transport());
		SerialCodec codec = options.upgrade() ? upgraded(plain, options, environment) : plain;
		return new SerialConnectionFactory(environment.connector(), new SerialContext(codec, options.pipelined(),
				environment.limits(), environment.metrics(), environment.timer(), environment.ticker()));
	}

	private static UpgradedCodec upgraded(ThriftConnectionCodec plain, ThriftOptions options,
			ProtocolEnvironment environment) {
		Addressing addressing = options.addressing();
		DispatchContexts contexts = new DispatchContexts(addressing.clientId(), environment.ticker(),
				environment.clock());
		return new UpgradedCodec(plain, new RequestHeader(contexts, addressing, environment.random()));
	}

}
