/**
 * Joins clients and servers to the application's registry of observations. Used by the
 * package that makes clients. Never names a key: the core does.
 */
@NullMarked
package io.scalesrpc.spring.observation;

import org.jspecify.annotations.NullMarked;
