package io.scalesrpc.server;

/**
 * Something that stands around every call of a server: may look at it, delay it, or
 * reject it. Implementations must be <em>thread-safe</em>.
 */
@FunctionalInterface
public interface ServerInterceptor {

	/** Invokes the handler and nothing else. */
	ServerInterceptor NONE = (call, handler) -> handler.run();

	/**
	 * Stands around one call, on the thread on which its handler runs; may block, and is
	 * interrupted when the call is cancelled.
	 * @param call the call, which is also {@link ServerCall#current()}
	 * @param handler invokes the handler, which never throws, or the next interceptor; to
	 * be run once
	 * @throws RejectedCallException to reject the call
	 * @throws Exception anything else is answered with status ERROR
	 */
	void intercept(ServerCall call, Runnable handler) throws Exception;

}
