/**
 * Results that are kept: a stage that answers calls of a method from a
 * {@link io.scalesrpc.cache.ResultCache}, makes one call of many that ask for the same at
 * the same moment, and lets an old answer stand in for a failure. What is kept is bytes,
 * made by the method's own {@link io.scalesrpc.call.MethodCodec}, so that no caller can
 * change the result of another and any store will do. Used by the client's stack, above
 * the deadline. Never keeps a failure, and never waits for a store on the thread of a
 * caller or an event loop.
 */
@NullMarked
package io.scalesrpc.cache;

import org.jspecify.annotations.NullMarked;
