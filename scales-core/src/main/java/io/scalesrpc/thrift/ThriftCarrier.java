package io.scalesrpc.thrift;

import java.lang.reflect.Method;
import java.util.Collection;
import java.util.Map;

import io.scalesrpc.Internal;
import io.scalesrpc.call.MethodSpec;
import io.scalesrpc.protocol.Protocol;
import org.jspecify.annotations.Nullable;

/**
 * A protocol that carries Thrift messages: whichever it is, the same interfaces fit.
 * <p>
 * Implementations are <em>thread-safe</em>.
 */
@Internal
public interface ThriftCarrier extends Protocol {

	@Override
	default Map<Method, ? extends MethodSpec> bind(Class<?> clientInterface, @Nullable Class<?> service) {
		return ThriftContract.bind(clientInterface, service);
	}

	@Override
	default Collection<? extends MethodSpec> methods(Class<?> clientInterface, @Nullable Class<?> service) {
		return ThriftService.of((service != null) ? service : clientInterface).methods();
	}

}
