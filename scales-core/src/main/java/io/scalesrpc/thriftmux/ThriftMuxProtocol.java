package io.scalesrpc.thriftmux;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;

import io.scalesrpc.Internal;
import io.scalesrpc.mux.finagle.DispatchContexts;
import io.scalesrpc.mux.session.DispatchCodec;
import io.scalesrpc.mux.session.MuxConnectionFactory;
import io.scalesrpc.mux.session.MuxSessionContext;
import io.scalesrpc.protocol.ProtocolEnvironment;
import io.scalesrpc.thrift.ThriftCarrier;
import io.scalesrpc.thrift.ThriftCodec;
import io.scalesrpc.transport.ConnectionFactory;

/**
 * The protocol {@code thriftmux}. Its options: {@code client-id}, {@code encoding}
 * (binary, compact, json), {@code dst}, {@code dtab}, {@code ping-interval} (5s; 0s
 * switches pings off), {@code ping-timeout} (4s), {@code max-fragment-bytes} (262144),
 * {@code opportunistic-tls} (off, desired, required). <em>Immutable</em>.
 */
@Internal
public final class ThriftMuxProtocol implements ThriftCarrier {

	/** Made by the {@link java.util.ServiceLoader}. */
	public ThriftMuxProtocol() {
	}

	@Override
	public String name() {
		return "thriftmux";
	}

	@Override
	public Set<String> options(Map<String, String> given) {
		return ThriftMuxOptions.NAMES;
	}

	@Override
	public ConnectionFactory connections(ProtocolEnvironment environment) {
		ThriftMuxOptions options = ThriftMuxOptions.of(environment.options());
		return connections(environment, options, dispatches(environment, options));
	}

	/** What is inside of the dispatches of one client. */
	static DispatchCodec dispatches(ProtocolEnvironment environment, ThriftMuxOptions options) {
		ThriftCodec codec = new ThriftCodec(options.encoding(), environment.limits().maxFrameBytes(),
				ThriftCodec.DEFAULT_MAX_DEPTH);
		DispatchContexts contexts = new DispatchContexts(options.clientId(), environment.ticker(), environment.clock());
		return new ThriftDispatchCodec(codec, contexts, options.destination(), options.dtab());
	}

	static ConnectionFactory connections(ProtocolEnvironment environment, ThriftMuxOptions options,
			DispatchCodec dispatches) {
		options.requireTlsSettings(environment.connector().speaksTls());
		return new MuxConnectionFactory(environment.connector(),
				new MuxSessionContext(dispatches, options.mux(), environment.limits(), environment.metrics(),
						environment.timer(), environment.ticker(), new LongAdder()));
	}

}
