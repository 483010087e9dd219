package io.scalesrpc.spring.client;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.springframework.context.annotation.Import;
import org.springframework.core.annotation.AliasFor;

/**
 * Says where interfaces with {@link io.scalesrpc.client.ScalesClient @ScalesClient} are,
 * in place of the automatic search of the application's own packages. Without any
 * attribute the package of the annotated class is searched. Several classes may have it;
 * an interface that is found twice is one bean. <em>Immutable</em>.
 */
@Documented
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Import(EnabledClientsRegistrar.class)
public @interface EnableScalesClients {

	/**
	 * Same as {@link #basePackages()}.
	 * @return names of packages
	 */
	@AliasFor("basePackages")
	String[] value() default {};

	/**
	 * The packages to search, with those below them.
	 * @return names of packages
	 */
	@AliasFor("value")
	String[] basePackages() default {};

	/**
	 * Classes whose packages are searched.
	 * @return any class of each package
	 */
	Class<?>[] basePackageClasses() default {};

	/**
	 * Single interfaces; when only these are given, nothing is searched.
	 * @return interfaces that carry the annotation
	 */
	Class<?>[] clients() default {};

}
