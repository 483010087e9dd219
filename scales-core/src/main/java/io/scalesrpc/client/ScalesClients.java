package io.scalesrpc.client;

/**
 * Where clients begin, without Spring. <em>Thread-safe</em>.
 */
public final class ScalesClients {

	private ScalesClients() {
	}

	/**
	 * Begins a client.
	 * @param type the interface its proxy will implement
	 * @param <T> that interface
	 * @return a builder with every default set but the members
	 * @throws IllegalArgumentException if the type is not an interface
	 */
	public static <T> ClientBuilder<T> builder(Class<T> type) {
		return new ClientBuilder<>(type);
	}

}
