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

	/**
	 * Whether the method may be called twice with the effect of once. What the settings
	 * of a client say of the method comes first.
	 * @return {@code true} if it may; otherwise it is as for all methods of the client
	 */
	boolean idempotent() default false;

	/**
	 * How long a call may take in all. What the settings of a client say of the method
	 * comes first.
	 * @return a number with its unit, such as {@code 30ms} or {@code 2s}, above 0 and at
	 * most a day; empty for as long as any method of the client
	 */
	String timeout() default "";

}
