package io.scalesrpc.spring.client;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.springframework.context.annotation.Import;

/**
 * Makes beans of interfaces that cannot carry the annotation
 * {@link io.scalesrpc.client.ScalesClient @ScalesClient}, generated ones for instance.
 * The automatic search goes on beside it. One interface may be for several clients: its
 * beans are named by client and interface then, {@code eastUsers}, and have the client as
 * their {@link org.springframework.beans.factory.annotation.Qualifier @Qualifier}.
 * <em>Immutable</em>.
 */
@Documented
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Repeatable(ImportScalesClients.Container.class)
@Import(ImportedClientsRegistrar.class)
public @interface ImportScalesClients {

	/**
	 * The client's name, as in {@code scales.clients.<name>}.
	 * @return a name, not blank
	 */
	String name();

	/**
	 * The interfaces, each of which becomes a bean.
	 * @return at least one interface
	 */
	Class<?>[] types();

	/**
	 * The generated class of the service, for interfaces that do not extend a generated
	 * one.
	 * @return the class; {@code void} if the interfaces say it themselves or the
	 * configuration does
	 */
	Class<?> service() default void.class;

	/**
	 * Several at one class. <em>Immutable</em>.
	 */
	@Documented
	@Target(ElementType.TYPE)
	@Retention(RetentionPolicy.RUNTIME)
	@Import(ImportedClientsRegistrar.class)
	@interface Container {

		/**
		 * The annotations.
		 * @return each of them
		 */
		ImportScalesClients[] value();

	}

}
