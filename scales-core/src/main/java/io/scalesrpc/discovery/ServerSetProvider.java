package io.scalesrpc.discovery;

/**
 * Makes the server sets of one URI scheme. Found as a bean, through
 * {@link java.util.ServiceLoader}, or handed to the builder. Implementations are
 * <em>thread-safe</em>.
 */
public interface ServerSetProvider {

	/**
	 * The scheme this provider answers for.
	 * @return for example {@code tcp}; lower case, without {@code ://}
	 */
	String scheme();

	/**
	 * Makes the set a URI names. Must not wait for its source.
	 * @param uri a URI of this provider's scheme
	 * @return a set nobody watches yet
	 * @throws IllegalArgumentException if the URI is not right; the text says what was
	 * expected
	 */
	ServerSet create(ServerSetUri uri);

}
