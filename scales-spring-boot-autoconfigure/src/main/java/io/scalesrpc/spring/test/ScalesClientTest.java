package io.scalesrpc.spring.test;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.test.autoconfigure.OverrideAutoConfiguration;
import org.springframework.boot.test.context.filter.annotation.TypeExcludeFilters;
import org.springframework.context.annotation.ComponentScan.Filter;
import org.springframework.core.annotation.AliasFor;
import org.springframework.test.context.BootstrapWith;
import org.springframework.test.context.junit.jupiter.SpringExtension;

/**
 * The test of a slice: clients of the application, their configuration, Jackson, SSL
 * bundles, and nothing else. No component of the application is found; those that are
 * needed are imported or included. With {@link ScalesStub @ScalesStub} a real server
 * stands behind a client.
 */
@Documented
@Inherited
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@BootstrapWith(ScalesClientTestContextBootstrapper.class)
@ExtendWith(SpringExtension.class)
@OverrideAutoConfiguration(enabled = false)
@TypeExcludeFilters(ScalesClientTypeExcludeFilter.class)
@AutoConfigureScalesClients
@ImportAutoConfiguration
public @interface ScalesClientTest {

	/**
	 * Properties of the test, as {@code name=value}.
	 * @return none without it
	 */
	String[] properties() default {};

	/**
	 * Whether components of the application are left out.
	 * @return {@code true} without it
	 */
	boolean useDefaultFilters() default true;

	/**
	 * Components that are found all the same.
	 * @return none without it
	 */
	Filter[] includeFilters() default {};

	/**
	 * Components that are left out in any case.
	 * @return none without it
	 */
	Filter[] excludeFilters() default {};

	/**
	 * Auto-configuration that is left out.
	 * @return none without it
	 */
	@AliasFor(annotation = ImportAutoConfiguration.class, attribute = "exclude")
	Class<?>[] excludeAutoConfiguration() default {};

}
