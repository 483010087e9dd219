package io.scalesrpc.thrift.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * An interface that is a Thrift service: what the generated {@code Iface} is of a service
 * with an IDL. Its abstract methods, those of its parents included, are the service's;
 * they are blocking, and no two have one name. The exceptions that a method declares have
 * the ids 1, 2 and so on, in the order of its {@code throws}.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface ThriftInterface {

}
