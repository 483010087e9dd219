package io.scalesrpc.demo;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.springframework.context.annotation.Profile;

/**
 * Marks what is there when all of the demo is in one process, and not where shop, fleet
 * and visitors have processes of their own.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Profile("!shop & !fleet & !visitors")
public @interface InOneProcess {

}
