/**
 * Joins the meters of clients to the application's registry. Used by the package that
 * makes clients. Never names a meter: the core does.
 */
@NullMarked
package io.scalesrpc.spring.metrics;

import org.jspecify.annotations.NullMarked;
