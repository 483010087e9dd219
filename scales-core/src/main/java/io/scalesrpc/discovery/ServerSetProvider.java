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

	/**
	 * Announces a member in the set a URI names, so that those who follow the set call
	 * it. Must not wait for the registry: one that does not answer now is told when it
	 * does.
	 * @param uri a URI of this provider's scheme
	 * @param member what to announce
	 * @return the way to withdraw it
	 * @throws IllegalArgumentException if the URI is not right, or the sets of the scheme
	 * are not joined this way
	 */
	default Announcement announce(ServerSetUri uri, Member member) {
		throw new IllegalArgumentException(
				"uri: " + uri + " (expected: a scheme in which members can be announced, such as zk://)");
	}

}
