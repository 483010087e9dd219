package io.scalesrpc.protocol;

import java.lang.reflect.Method;
import java.lang.reflect.Type;
import java.util.Arrays;

import io.scalesrpc.Internal;
import io.scalesrpc.call.CallOptions;
import org.jspecify.annotations.Nullable;

/**
 * The parameter of a method by which its callers say how a call is to be treated: of type
 * {@link CallOptions}, the first or the last. A protocol binds what is left.
 * <em>Immutable</em>.
 *
 * @param index its place among the parameters; -1 if the method has none
 */
@Internal
public record OptionsParameter(int index) {

	private static final OptionsParameter NONE = new OptionsParameter(-1);

	private static final OptionsParameter FIRST = new OptionsParameter(0);

	/**
	 * Finds it.
	 * @param method a method of a client interface
	 * @return the parameter, or none
	 */
	public static OptionsParameter of(Method method) {
		Class<?>[] types = method.getParameterTypes();
		if (types.length > 0 && types[0] == CallOptions.class) {
			return FIRST;
		}
		// What a suspend function goes on with stands behind it.
		int last = types.length - (new MethodShape(method).isSuspending() ? 2 : 1);
		return (last >= 0 && types[last] == CallOptions.class) ? new OptionsParameter(last) : NONE;
	}

	/**
	 * The types of the other parameters.
	 * @param method a method of a client interface
	 * @return them, in their order
	 */
	public static Class<?>[] otherTypes(Method method) {
		return of(method).without(method.getParameterTypes());
	}

	/**
	 * The types of the other parameters, as they were written.
	 * @param method a method of a client interface
	 * @return them, in their order
	 */
	public static Type[] otherGenericTypes(Method method) {
		return of(method).without(method.getGenericParameterTypes());
	}

	/**
	 * Whether the method has it.
	 * @return {@code false} if all its parameters are arguments
	 */
	public boolean isThere() {
		return this.index >= 0;
	}

	/**
	 * What a caller said.
	 * @param given what the method was given
	 * @return the options; {@link CallOptions#NONE} for null, too
	 */
	public CallOptions options(@Nullable Object[] given) {
		return (given[this.index] instanceof CallOptions options) ? options : CallOptions.NONE;
	}

	/**
	 * Leaves it out.
	 * @param all something for each parameter
	 * @param <E> what
	 * @return something for each of the others; the same array if there is no such
	 * parameter
	 */
	public <E extends @Nullable Object> E[] without(E[] all) {
		if (this.index < 0) {
			return all;
		}
		E[] others = Arrays.copyOf(all, all.length - 1);
		System.arraycopy(all, this.index + 1, others, this.index, all.length - 1 - this.index);
		return others;
	}

	/**
	 * Puts what a caller said back among the arguments.
	 * @param arguments those without it
	 * @param options what was said
	 * @return all of them
	 */
	public @Nullable Object[] with(@Nullable Object[] arguments, CallOptions options) {
		@Nullable Object[] all = Arrays.copyOf(arguments, arguments.length + 1);
		System.arraycopy(arguments, this.index, all, this.index + 1, arguments.length - this.index);
		all[this.index] = options;
		return all;
	}

}
