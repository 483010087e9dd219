package io.scalesrpc.client;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import io.scalesrpc.call.FailureKind;
import io.scalesrpc.client.fallback.FallbackFactory;
import io.scalesrpc.client.fallback.FallbackSettings;

/**
 * Marks an interface whose methods are calls of a remote service. Several interfaces may
 * name the same client: they share its connections. With Spring it may also be on an
 * annotation that is on the interface. <em>Immutable</em>.
 */
@Documented
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface ScalesClient {

	/**
	 * The client's name, as in configuration, metrics and errors.
	 * @return a name, not blank
	 */
	String value();

	/**
	 * The generated class of the service, for an interface that does not extend a
	 * generated one.
	 * @return for example {@code com.acme.Calculator}; {@code void} if the interface says
	 * it itself or the configuration does
	 */
	Class<?> service() default void.class;

	/**
	 * What answers calls that failed: a class that implements the interface. A bean of
	 * it, if there is one; else it is made with its constructor's arguments injected.
	 * @return the class; {@code void} for none
	 */
	Class<?> fallback() default void.class;

	/**
	 * What makes the one that answers, with the failure at hand: a
	 * {@link FallbackFactory} of the interface, made like {@link #fallback()}. Only one
	 * of both may be given.
	 * @return the class; {@code void} for none
	 */
	Class<?> fallbackFactory() default void.class;

	/**
	 * Which failures the fallback stands in for. Nothing stands in for CANCELLED and
	 * DECLARED.
	 * @return the kinds; none for {@link FallbackSettings#DEFAULT_ON}
	 */
	FailureKind[] fallbackOn() default {};

}
