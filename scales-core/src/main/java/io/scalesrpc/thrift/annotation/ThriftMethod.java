package io.scalesrpc.thrift.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * What cannot be seen of a method of a {@link ThriftInterface}.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface ThriftMethod {

	/**
	 * The name on the wire.
	 * @return the name; empty for that of the method
	 */
	String name() default "";

	/**
	 * Whether nobody answers. Such a method is void and declares no exceptions.
	 * @return {@code true} for a oneway method
	 */
	boolean oneway() default false;

}
