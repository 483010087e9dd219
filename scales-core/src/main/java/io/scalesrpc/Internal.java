package io.scalesrpc;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A type, or every type of a package, that is public because other packages of Scales
 * need it. It is no part of the API: it may change or go with any version. Nothing else
 * that is public mentions it, but for what {@code ApiTests} has a list of.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target({ ElementType.TYPE, ElementType.PACKAGE })
public @interface Internal {

}
