/**
 * Three hops with one deadline: a controller that calls a server that calls another, and
 * a run that measures how long each of them works on after the deadline. Used over HTTP.
 * Never a model of how to make a service slow.
 */
@NullMarked
package io.scalesrpc.demo.chain;

import org.jspecify.annotations.NullMarked;
