package io.scalesrpc.spring.server;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.springframework.stereotype.Component;

/**
 * Has a bean that implements a generated {@code Iface} served to clients of ThriftMux or
 * Thrift, by the server of {@code scales.server.*}. On a class, which component scanning
 * then finds, or on a {@code @Bean} method. Its methods are called by many threads at
 * once.
 */
@Documented
@Component
@Target({ ElementType.TYPE, ElementType.METHOD })
@Retention(RetentionPolicy.RUNTIME)
public @interface ScalesService {

	/**
	 * The generated class of the service, such as {@code Calculator.class}. Needed only
	 * for a bean that implements several.
	 * @return {@code void} for the one that the bean implements
	 */
	Class<?> service() default void.class;

	/**
	 * The name by which clients with Thrift's multiplexed protocol call the service;
	 * others cannot call it then. Needed for all but one of several services that have
	 * methods of the same name.
	 * @return empty for none
	 */
	String name() default "";

}
