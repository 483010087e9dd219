package io.scalesrpc.protocol;

import java.util.Map;

/**
 * The settings of a protocol that is found by its name, with types; for
 * {@code ClientBuilder.protocol}. Implementations are <em>immutable</em>.
 */
public interface ProtocolSettings {

	/**
	 * Which protocol is spoken.
	 * @return its name
	 */
	String protocol();

	/**
	 * What is set, as the options that the protocol reads.
	 * @return texts by the names of options
	 */
	Map<String, String> options();

}
