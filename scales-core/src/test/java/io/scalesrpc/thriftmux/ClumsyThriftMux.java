package io.scalesrpc.thriftmux;

import java.lang.reflect.Method;
import java.util.Map;

import io.netty.buffer.ByteBuf;
import io.scalesrpc.call.Call;
import io.scalesrpc.call.Context;
import io.scalesrpc.call.MethodSpec;
import io.scalesrpc.call.Outcome;
import io.scalesrpc.mux.session.DispatchCodec;
import io.scalesrpc.protocol.Protocol;
import io.scalesrpc.protocol.ProtocolEnvironment;
import io.scalesrpc.testing.Stumbling;
import io.scalesrpc.transport.ConnectionFactory;
import org.jspecify.annotations.Nullable;

/**
 * ThriftMux that fails now and then, where it writes a request, and before or after it
 * has read a reply. <em>Thread-safe</em>.
 *
 * @param stumbling says when
 */
record ClumsyThriftMux(Stumbling stumbling) implements Protocol {

	private static final ThriftMuxProtocol PROTOCOL = new ThriftMuxProtocol();

	@Override
	public String name() {
		return PROTOCOL.name();
	}

	@Override
	public Map<Method, ? extends MethodSpec> bind(Class<?> clientInterface, @Nullable Class<?> service) {
		return PROTOCOL.bind(clientInterface, service);
	}

	@Override
	public ConnectionFactory connections(ProtocolEnvironment environment) {
		ThriftMuxOptions options = ThriftMuxOptions.of(environment.options());
		return ThriftMuxProtocol.connections(environment, options,
				clumsy(ThriftMuxProtocol.dispatches(environment, options)));
	}

	private DispatchCodec clumsy(DispatchCodec codec) {
		return new DispatchCodec() {

			@Override
			public Context contexts(Call call) {
				return codec.contexts(call);
			}

			@Override
			public int begin(Call call, ByteBuf frame) {
				return codec.begin(call, frame);
			}

			@Override
			public void encode(Call call, int sequenceId, ByteBuf out) throws Exception {
				ClumsyThriftMux.this.stumbling.perhaps();
				codec.encode(call, sequenceId, out);
			}

			@Override
			public Outcome decode(Call call, int sequenceId, Context context, ByteBuf body) {
				ClumsyThriftMux.this.stumbling.perhaps();
				Outcome outcome = codec.decode(call, sequenceId, context, body);
				ClumsyThriftMux.this.stumbling.perhaps();
				return outcome;
			}

		};
	}

}
