/**
 * What a protocol gives to the stack: which remote methods a client interface stands for,
 * and connections that carry them. Used by the client package, which finds protocols by
 * name. Never decides where a call goes.
 */
@NullMarked
package io.scalesrpc.protocol;

import org.jspecify.annotations.NullMarked;
