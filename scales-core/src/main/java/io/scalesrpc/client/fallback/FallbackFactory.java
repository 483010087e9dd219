package io.scalesrpc.client.fallback;

import io.scalesrpc.call.ScalesException;

/**
 * Makes what answers a call that failed, with the failure at hand. Implementations are
 * <em>thread-safe</em>.
 *
 * @param <T> the interface of the client
 */
@FunctionalInterface
public interface FallbackFactory<T> {

	/**
	 * Makes a stand-in for one call; asked for every call that failed.
	 * @param cause why it failed; to rethrow it is to have no answer
	 * @return whose method of the same name and arguments answers in place of the remote
	 * one
	 */
	T create(ScalesException cause);

}
