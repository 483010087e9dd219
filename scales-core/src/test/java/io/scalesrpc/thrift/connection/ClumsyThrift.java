package io.scalesrpc.thrift.connection;

import java.lang.reflect.Method;
import java.util.Map;

import io.netty.buffer.ByteBuf;
import io.scalesrpc.call.Call;
import io.scalesrpc.call.MethodSpec;
import io.scalesrpc.call.Outcome;
import io.scalesrpc.protocol.Protocol;
import io.scalesrpc.protocol.ProtocolEnvironment;
import io.scalesrpc.serial.MessageCutter;
import io.scalesrpc.serial.SerialCodec;
import io.scalesrpc.serial.SerialConnectionFactory;
import io.scalesrpc.serial.SerialContext;
import io.scalesrpc.testing.Stumbling;
import io.scalesrpc.transport.ConnectionFactory;
import org.jspecify.annotations.Nullable;

/**
 * Thrift with a decoder that fails now and then, by an exception or an error, before or
 * after it has read the reply. <em>Thread-safe</em>.
 */
final class ClumsyThrift implements Protocol {

	private final ThriftProtocol thrift = new ThriftProtocol();

	private final boolean pipelined;

	private final Stumbling stumbling;

	ClumsyThrift(boolean pipelined, Stumbling stumbling) {
		this.pipelined = pipelined;
		this.stumbling = stumbling;
	}

	@Override
	public String name() {
		return "thrift";
	}

	@Override
	public Map<Method, ? extends MethodSpec> bind(Class<?> clientInterface, @Nullable Class<?> service) {
		return this.thrift.bind(clientInterface, service);
	}

	@Override
	public ConnectionFactory connections(ProtocolEnvironment environment) {
		SerialConnectionFactory factory = (SerialConnectionFactory) this.thrift.connections(environment);
		SerialContext context = factory.context();
		return new SerialConnectionFactory(factory.connector(), new SerialContext(clumsy(context.codec()),
				this.pipelined, context.limits(), context.metrics(), context.timer(), context.ticker()));
	}

	private SerialCodec clumsy(SerialCodec codec) {
		return new SerialCodec() {

			@Override
			public void encode(Call call, int sequenceId, ByteBuf out) {
				ClumsyThrift.this.stumbling.perhaps();
				codec.encode(call, sequenceId, out);
			}

			@Override
			public Outcome decode(Call call, int sequenceId, ByteBuf message) {
				ClumsyThrift.this.stumbling.perhaps();
				Outcome outcome = codec.decode(call, sequenceId, message);
				ClumsyThrift.this.stumbling.perhaps();
				return outcome;
			}

			@Override
			public MessageCutter cutter() {
				return codec.cutter();
			}

		};
	}

}
