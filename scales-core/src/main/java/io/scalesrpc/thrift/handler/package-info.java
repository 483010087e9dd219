/**
 * Thrift of a server: a message becomes a call of a handler, its end becomes a response.
 */
@Internal
@NullMarked
package io.scalesrpc.thrift.handler;

import io.scalesrpc.Internal;
import org.jspecify.annotations.NullMarked;
