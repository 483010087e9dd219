package io.scalesrpc.thrift.declared;

import java.lang.reflect.Method;
import java.util.List;

import io.scalesrpc.Internal;
import io.scalesrpc.thrift.idl.AnnotatedMethod;
import org.jspecify.annotations.Nullable;

/**
 * A method of an interface that is a Thrift service.
 * <p>
 * <em>Immutable</em>.
 *
 * @param name its name on the wire
 * @param method as Java has it
 * @param arguments its parameters
 * @param result first the result, with id 0, unless it is void, then the exceptions;
 * {@code null} for a oneway method
 * @param exceptions those that the result has fields for, in their order
 * @param said what it says of its calls
 */
@Internal
public record DeclaredMethod(String name, Method method, FieldSet arguments, @Nullable FieldSet result,
		List<Class<?>> exceptions, AnnotatedMethod said) {

}
