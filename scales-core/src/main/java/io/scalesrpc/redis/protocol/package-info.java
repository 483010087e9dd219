/**
 * The protocol {@code redis}, and what its clients have in place of a balancer: the roles
 * of the servers of a replication group, and which of them a call goes to.
 */
@Internal
@NullMarked
package io.scalesrpc.redis.protocol;

import io.scalesrpc.Internal;
import org.jspecify.annotations.NullMarked;
