/**
 * Connections to one server of Redis, by Lettuce: opening, login, order of replies,
 * silence.
 */
@Internal
@NullMarked
package io.scalesrpc.redis.connection;

import io.scalesrpc.Internal;
import org.jspecify.annotations.NullMarked;
