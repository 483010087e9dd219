package io.scalesrpc.protocol;

import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.util.OptionalLong;

import io.scalesrpc.Internal;
import io.scalesrpc.call.MethodSpec;
import io.scalesrpc.call.RoutingHash;
import io.scalesrpc.call.RoutingKey;
import org.jspecify.annotations.Nullable;

/**
 * The parameter of a method whose value decides which member a call goes to: the one with
 * {@link RoutingKey}, or else the one that the service itself names. <em>Immutable</em>.
 *
 * @param index its place among the arguments, options of the call left out; -1 if the
 * method has none
 */
@Internal
public record RoutingParameter(int index) {

	/** There is none, or nobody reads it. */
	public static final RoutingParameter NONE = new RoutingParameter(-1);

	/**
	 * Finds it.
	 * @param method a method of a client interface
	 * @param spec the remote method behind it
	 * @return the parameter, or none
	 * @throws IllegalArgumentException if there is more than one, or its values cannot be
	 * keys
	 */
	public static RoutingParameter of(Method method, MethodSpec spec) {
		RoutingParameter annotated = of(method);
		int declared = spec.routingParameter();
		if (annotated.isThere() || declared < 0) {
			return annotated;
		}
		requireFit(method, OptionsParameter.of(method).without(method.getParameters())[declared]);
		return new RoutingParameter(declared);
	}

	/**
	 * Finds the one with the annotation.
	 * @param method a method of a client interface
	 * @return the parameter, or none
	 * @throws IllegalArgumentException if there is more than one, or its values cannot be
	 * keys
	 */
	public static RoutingParameter of(Method method) {
		Parameter[] all = method.getParameters();
		int options = OptionsParameter.of(method).index();
		int found = -1;
		for (int i = 0; i < all.length; i++) {
			if (all[i].isAnnotationPresent(RoutingKey.class)) {
				if (found >= 0) {
					throw new IllegalArgumentException(
							text(method) + ": two parameters with @RoutingKey (expected: one)");
				}
				requireFit(method, all[i]);
				found = (options >= 0 && options < i) ? i - 1 : i;
			}
		}
		return (found >= 0) ? new RoutingParameter(found) : NONE;
	}

	private static void requireFit(Method method, Parameter parameter) {
		if (!RoutingHash.fits(parameter.getType())) {
			throw new IllegalArgumentException(text(method) + ": a routing key of type " + parameter.getType().getName()
					+ " (expected: " + RoutingHash.EXPECTED + ")");
		}
	}

	private static String text(Method method) {
		return method.getDeclaringClass().getName() + "." + method.getName();
	}

	/**
	 * Whether the method has it.
	 * @return {@code false} for {@link #NONE}
	 */
	public boolean isThere() {
		return this.index >= 0;
	}

	/**
	 * The hash of the key of a call.
	 * @param arguments those of the call, options left out
	 * @return empty if there is no key
	 */
	public OptionalLong hash(@Nullable Object @Nullable [] arguments) {
		return (this.index >= 0 && arguments != null) ? RoutingHash.of(arguments[this.index]) : OptionalLong.empty();
	}

}
