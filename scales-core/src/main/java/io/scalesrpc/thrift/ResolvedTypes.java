package io.scalesrpc.thrift;

import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.scalesrpc.protocol.MethodShape;

/**
 * What the type variables of the parents of an interface stand for in it: {@code T} of
 * {@code Crud<T>} in {@code interface Users extends Crud<User>}. <em>Immutable</em>.
 *
 * @param variables what each stands for
 */
record ResolvedTypes(Map<TypeVariable<?>, Type> variables) {

	static ResolvedTypes of(Class<?> type) {
		ResolvedTypes types = new ResolvedTypes(new HashMap<>());
		types.addParents(type);
		return types;
	}

	private void addParents(Class<?> type) {
		for (Type parent : type.getGenericInterfaces()) {
			if (parent instanceof ParameterizedType generic && generic.getRawType() instanceof Class<?> raw) {
				TypeVariable<?>[] parameters = raw.getTypeParameters();
				for (int i = 0; i < parameters.length; i++) {
					this.variables.put(parameters[i], resolve(generic.getActualTypeArguments()[i]));
				}
				addParents(raw);
			}
			else if (parent instanceof Class<?> raw) {
				addParents(raw);
			}
		}
	}

	/** The types of a method's parameters, as far as they are known. */
	List<Type> parameters(Method method) {
		return new MethodShape(method).genericParameterTypes().stream().map(this::resolve).toList();
	}

	/**
	 * The type of a method's result. A future that is hidden behind a variable is not
	 * found: the proxy looks at what the method itself says.
	 */
	Type result(Method method) {
		MethodShape shape = new MethodShape(method);
		Type found = shape.isSuspending() ? shape.value() : method.getGenericReturnType();
		Type resolved = resolve(found);
		boolean hides = found instanceof TypeVariable && resolved instanceof ParameterizedType generic
				&& MethodShape.isFuture(generic);
		return hides ? found : resolved;
	}

	private Type resolve(Type type) {
		if (type instanceof TypeVariable<?> variable) {
			return this.variables.getOrDefault(variable, type);
		}
		// Kotlin's List<Quote> is Java's List<? extends Quote>.
		if (type instanceof WildcardType wildcard && wildcard.getLowerBounds().length == 0) {
			return resolve(wildcard.getUpperBounds()[0]);
		}
		if (type instanceof ParameterizedType generic) {
			List<Type> given = List.of(generic.getActualTypeArguments());
			List<Type> resolved = given.stream().map(this::resolve).toList();
			return resolved.equals(given) ? type : new Parameterized(generic, resolved);
		}
		return type;
	}

	/**
	 * A generic type whose variables are known. <em>Immutable</em>.
	 *
	 * @param declared the type as it was written
	 * @param arguments what stands in the place of its arguments
	 */
	private record Parameterized(ParameterizedType declared, List<Type> arguments) implements ParameterizedType {

		@Override
		public Type[] getActualTypeArguments() {
			return this.arguments.toArray(Type[]::new);
		}

		@Override
		public Type getRawType() {
			return this.declared.getRawType();
		}

		@Override
		public Type getOwnerType() {
			return this.declared.getOwnerType();
		}

		/** As of any other of the kind: the JDK's compares what they tell. */
		@Override
		public boolean equals(Object other) {
			return other instanceof ParameterizedType type && getRawType().equals(type.getRawType())
					&& Arrays.equals(getActualTypeArguments(), type.getActualTypeArguments());
		}

		@Override
		public int hashCode() {
			return Arrays.hashCode(getActualTypeArguments()) ^ getRawType().hashCode();
		}

		@Override
		public String toString() {
			return getRawType().getTypeName() + this.arguments.stream()
				.map(Type::getTypeName)
				.toList()
				.toString()
				.replace('[', '<')
				.replace(']', '>');
		}

	}

}
