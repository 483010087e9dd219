/**
 * The methods of interfaces of Redis: which command each is, how arguments are written
 * and replies read.
 */
@Internal
@NullMarked
package io.scalesrpc.redis.command;

import io.scalesrpc.Internal;
import org.jspecify.annotations.NullMarked;
