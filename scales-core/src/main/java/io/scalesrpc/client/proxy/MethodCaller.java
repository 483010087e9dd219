package io.scalesrpc.client.proxy;

import java.util.concurrent.CompletableFuture;

import io.scalesrpc.Internal;
import io.scalesrpc.call.CallOptions;
import org.jspecify.annotations.Nullable;

/**
 * Calls one remote method with one argument, for those who make requests themselves and
 * have no interface to implement; made by {@code ClientIntegration.caller}.
 * Implementations are <em>thread-safe</em>.
 */
@Internal
public interface MethodCaller {

	/**
	 * Calls the method and waits.
	 * @param argument what the method takes
	 * @return what it returns
	 * @throws io.scalesrpc.call.ScalesException if there is no answer
	 */
	@Nullable Object call(Object argument);

	/**
	 * Calls the method and waits.
	 * @param argument what the method takes
	 * @param options how the call is to be treated
	 * @return what it returns
	 * @throws io.scalesrpc.call.ScalesException if there is no answer
	 */
	@Nullable Object call(Object argument, CallOptions options);

	/**
	 * Calls the method.
	 * @param argument what the method takes
	 * @return completes with what it returns; who cancels it cancels the call
	 */
	CompletableFuture<@Nullable Object> start(Object argument);

	/**
	 * Calls the method.
	 * @param argument what the method takes
	 * @param options how the call is to be treated
	 * @return completes with what it returns; who cancels it cancels the call
	 */
	CompletableFuture<@Nullable Object> start(Object argument, CallOptions options);

}
