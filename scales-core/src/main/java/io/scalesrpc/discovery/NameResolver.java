package io.scalesrpc.discovery;

import java.io.IOException;
import java.util.List;

/**
 * Looks up the addresses of a host name. Implementations are <em>thread-safe</em>.
 */
@FunctionalInterface
interface NameResolver {

	/**
	 * Looks a name up. May block.
	 * @param name a host name or an address
	 * @return its addresses as text, IPv6 without brackets, in any order
	 * @throws IOException if there was no answer, or none with an address
	 */
	List<String> addressesOf(String name) throws IOException;

}
