/**
 * The floor of every protocol on Netty: a connection on a channel, an exchange on it, and
 * how both end; what is counted, and what is not written faster than it is sent.
 */
@Internal
@NullMarked
package io.scalesrpc.transport.channel;

import io.scalesrpc.Internal;
import org.jspecify.annotations.NullMarked;
