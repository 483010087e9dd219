/**
 * What a client is put together of, before and while it is built: where members come
 * from, the protocol, time limits, options of methods, threads. Makes no client.
 */
@Internal
@NullMarked
package io.scalesrpc.client.assembly;

import io.scalesrpc.Internal;
import org.jspecify.annotations.NullMarked;
