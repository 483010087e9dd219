package io.scalesrpc.thrift.connection;

import java.lang.reflect.Method;
import java.util.Collection;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import io.scalesrpc.call.MethodSpec;
import io.scalesrpc.protocol.Protocol;
import io.scalesrpc.protocol.ProtocolEnvironment;
import io.scalesrpc.serial.SerialConnectionFactory;
import io.scalesrpc.serial.SerialContext;
import io.scalesrpc.thrift.ThriftCodec;
import io.scalesrpc.thrift.ThriftContract;
import io.scalesrpc.thrift.ThriftService;
import io.scalesrpc.transport.ConnectionFactory;

/**
 * The protocol {@code thrift}. Its options: {@code transport} (framed, buffered),
 * {@code encoding} (binary, compact, json), {@code pipeline} (false): true only for
 * servers that answer in the order of the requests, which then share one connection.
 * <em>Immutable</em>.
 */
public final class ThriftProtocol implements Protocol {

	@Override
	public String name() {
		return "thrift";
	}

	@Override
	public Map<Method, ? extends MethodSpec> bind(Class<?> clientInterface, @Nullable Class<?> service) {
		return ThriftContract.bind(clientInterface, service);
	}

	@Override
	public Collection<? extends MethodSpec> methods(Class<?> clientInterface, @Nullable Class<?> service) {
		return ThriftService.of((service != null) ? service : clientInterface).methods();
	}

	@Override
	public Set<String> options() {
		return ThriftOptions.NAMES;
	}

	@Override
	public ConnectionFactory connections(ProtocolEnvironment environment) {
		ThriftOptions options = ThriftOptions.of(environment.options());
		ThriftCodec messages = new ThriftCodec(options.encoding(), environment.limits().maxFrameBytes(),
				ThriftCodec.DEFAULT_MAX_DEPTH);
		ThriftConnectionCodec codec = new ThriftConnectionCodec(messages, options.transport());
		return new SerialConnectionFactory(environment.connector(), new SerialContext(codec, options.pipelined(),
				environment.limits(), environment.metrics(), environment.timer(), environment.ticker()));
	}

}
