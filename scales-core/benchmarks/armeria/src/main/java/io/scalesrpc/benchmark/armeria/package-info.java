/**
 * Armeria's client of HTTP. Its Thrift is Thrift over HTTP.
 */
@NullMarked
package io.scalesrpc.benchmark.armeria;

import org.jspecify.annotations.NullMarked;
