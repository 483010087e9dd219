package io.scalesrpc.protocol;

import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.WildcardType;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

import io.scalesrpc.Internal;

/**
 * What a method of a client's interface takes and what its caller has in the end, whether
 * that is returned, comes by a future or a {@code Mono}, or is what a suspend function of
 * Kotlin goes on with. To Java such a function has a parameter more and a result without
 * a type. <em>Immutable</em>.
 *
 * @param method the method
 */
@Internal
public record MethodShape(Method method) {

	// By name: of all these only Java's own are always there.
	private static final Set<String> LATER = Set.of("java.util.concurrent.CompletableFuture",
			"java.util.concurrent.CompletionStage", "reactor.core.publisher.Mono");

	private static final String FLUX = "reactor.core.publisher.Flux";

	private static final String FLOW = "kotlinx.coroutines.flow.Flow";

	private static final String CONTINUATION = "kotlin.coroutines.Continuation";

	private static final String UNIT = "kotlin.Unit";

	/**
	 * Whether it is a suspend function.
	 * @return {@code true} if its last parameter is what goes on with its result
	 */
	public boolean isSuspending() {
		Class<?>[] types = this.method.getParameterTypes();
		return types.length > 0 && types[types.length - 1].getName().equals(CONTINUATION);
	}

	/**
	 * Whether a type is that of a future.
	 * @param type a type
	 * @return {@code true} for {@code CompletableFuture}, {@code CompletionStage} and
	 * {@code Mono}
	 */
	public static boolean isFuture(ParameterizedType type) {
		return LATER.contains(type.getRawType().getTypeName());
	}

	/**
	 * Whether its caller does not wait on a thread for one value.
	 * @return {@code true} if it returns a future or {@code Mono}, or is a suspend
	 * function
	 */
	public boolean isLater() {
		return isSuspending() || LATER.contains(this.method.getReturnType().getName());
	}

	/**
	 * Whether it returns several values, one after the other.
	 * @return {@code true} for a {@code Flux} and a {@code Flow}
	 */
	public boolean isMany() {
		return isFlow() || this.method.getReturnType().getName().equals(FLUX);
	}

	/**
	 * Whether Kotlin's coroutines are what several values come by.
	 * @return {@code true} for a {@code Flow}
	 */
	public boolean isFlow() {
		return this.method.getReturnType().getName().equals(FLOW);
	}

	/**
	 * The parameters that are arguments: not those that say how a call is to be treated,
	 * or what a coroutine goes on with.
	 * @return in their order
	 */
	public List<Parameter> parameters() {
		return own(this.method.getParameters());
	}

	/**
	 * The types of these, without what they are made of.
	 * @return in their order
	 */
	public List<Class<?>> parameterTypes() {
		return own(this.method.getParameterTypes());
	}

	/**
	 * The types of these.
	 * @return in their order
	 */
	public List<Type> genericParameterTypes() {
		return own(this.method.getGenericParameterTypes());
	}

	private <T> List<T> own(T[] all) {
		T[] arguments = OptionsParameter.of(this.method).without(all);
		return List.copyOf(Arrays.asList(arguments).subList(0, arguments.length - (isSuspending() ? 1 : 0)));
	}

	/**
	 * What its caller has in the end, or, of several values, each of them.
	 * @return a type; {@code Object} where nothing is said
	 */
	public Type value() {
		if (isSuspending()) {
			Type[] types = this.method.getGenericParameterTypes();
			Type value = argument(types[types.length - 1]);
			return value.getTypeName().equals(UNIT) ? Void.class : value;
		}
		Type result = this.method.getGenericReturnType();
		return (isLater() || isMany()) ? argument(result) : result;
	}

	private static Type argument(Type type) {
		if (!(type instanceof ParameterizedType generic)) {
			return Object.class;
		}
		Type argument = generic.getActualTypeArguments()[0];
		return (argument instanceof WildcardType wildcard && wildcard.getLowerBounds().length > 0)
				? wildcard.getLowerBounds()[0] : argument;
	}

}
