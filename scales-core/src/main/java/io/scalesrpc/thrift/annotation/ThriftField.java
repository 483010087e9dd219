package io.scalesrpc.thrift.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The number of a field: of a component of a record that is a struct, of a parameter of
 * the one constructor of any other class that is a struct or an exception, of a record
 * that is a member of a union (a sealed interface), or of a parameter of a method, where
 * 1, 2 and so on need not be said.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ ElementType.RECORD_COMPONENT, ElementType.PARAMETER, ElementType.TYPE })
public @interface ThriftField {

	/**
	 * The id on the wire.
	 * @return the id, 1 to 32767
	 */
	int value();

	/**
	 * Whether a struct without a value here can be neither written nor read. Otherwise a
	 * {@code null} is not sent, and a field that did not come is {@code null}, or 0.
	 * @return {@code true} for a required field
	 */
	boolean required() default false;

}
