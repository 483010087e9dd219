/**
 * Remote calls that end in time: {@link io.scalesrpc.client.ScalesClients} is where to
 * begin. Here is only what marks types that are not for applications.
 */
@NullMarked
package io.scalesrpc;

import org.jspecify.annotations.NullMarked;
