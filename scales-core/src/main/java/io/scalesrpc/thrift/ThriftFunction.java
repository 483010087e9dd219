package io.scalesrpc.thrift;

import io.scalesrpc.Internal;
import org.apache.thrift.TSerializable;
import org.jspecify.annotations.Nullable;

/**
 * What a message of a method is made of, and how a handler is called with it.
 * <p>
 * <em>Immutable</em>.
 */
@Internal
public interface ThriftFunction {

	public MessageStruct arguments();

	/** What a reply may hold; {@code null} for a oneway method, which has none. */
	@Nullable MessageStruct result();

	default boolean oneway() {
		return result() == null;
	}

	/**
	 * Makes what calling a handler needs, which clients do without.
	 * @throws IllegalArgumentException if the method is not accessible
	 */
	default void prepare() {
	}

	/**
	 * Calls a handler.
	 * @param handler of the service
	 * @param arguments a struct of {@link #arguments()}
	 * @return a struct of {@link #result()} with the result or a declared exception;
	 * {@code null} for a oneway method
	 * @throws Exception anything else that the handler threw
	 */
	@Nullable public TSerializable call(Object handler, Object arguments) throws Exception;

}
