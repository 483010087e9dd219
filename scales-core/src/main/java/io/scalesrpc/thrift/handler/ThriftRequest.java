package io.scalesrpc.thrift.handler;

import java.util.function.BooleanSupplier;

import io.scalesrpc.Internal;

/**
 * A request that a server has read.
 * <p>
 * <em>Immutable</em>; <em>thread-safe</em> if its handler is.
 */
@Internal
public sealed interface ThriftRequest permits KnownMethod, RefusedRequest {

	/** The full name of requests that no handler is given. */
	String OTHER = "_OTHER";

	/**
	 * The name of the method in the request, with that of the service before it if it was
	 * multiplexed.
	 * @return the name, as the peer sent it
	 */
	String name();

	/**
	 * The service and the method, one of those that the port has.
	 * @return for example {@code com.acme.Calculator/add}, or {@link #OTHER}
	 */
	String fullName();

	/**
	 * Whether the answer is empty.
	 * @return {@code true} if the caller expects no answer
	 */
	boolean oneway();

	/**
	 * Invokes the handler on this thread. What it throws becomes the answer: an exception
	 * of the IDL as such, everything else as a {@code TApplicationException}; one that
	 * comes from a call which must not be made again says so
	 * ({@link ThriftResponse#nonRetryable()}).
	 * @param abandoned whether the caller has given up: that its handler fails then, most
	 * often of the interrupt, is worth no warning
	 * @return the answer, to be encoded on any thread
	 */
	ThriftResponse invoke(BooleanSupplier abandoned);

	/**
	 * Invokes the handler for a caller who waits.
	 * @return the answer, to be encoded on any thread
	 */
	default ThriftResponse invoke() {
		return invoke(() -> false);
	}

}
