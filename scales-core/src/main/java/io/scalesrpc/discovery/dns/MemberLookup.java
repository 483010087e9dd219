package io.scalesrpc.discovery.dns;

import java.util.function.Consumer;

/**
 * Finds the members that DNS tells of now. Implementations are <em>confined to the thread
 * of the session they belong to</em>.
 */
@FunctionalInterface
interface MemberLookup {

	/**
	 * Looks up, one look-up at a time.
	 * @param then told once what was found, possibly before this returns; not told if the
	 * session is closed meanwhile
	 */
	void start(Consumer<LookupResult> then);

}
