package io.scalesrpc.cache;

import java.io.Serial;

/**
 * A look-up that took too long; told to the log only. <em>Immutable</em>.
 */
final class CacheTimeoutException extends RuntimeException {

	@Serial
	private static final long serialVersionUID = 1L;

	private CacheTimeoutException(String message) {
		super(message, null, false, false);
	}

	static CacheTimeoutException of(CacheLookup cacheLookup) {
		return new CacheTimeoutException(
				"no answer within " + cacheLookup.settings().lookupTimeout().toMillis() + " ms");
	}

}
