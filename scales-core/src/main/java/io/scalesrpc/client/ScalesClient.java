package io.scalesrpc.client;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks an interface whose methods are calls of a remote service. Several interfaces may
 * name the same client: they share its connections. <em>Immutable</em>.
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

}
