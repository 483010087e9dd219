/**
 * Single queries of DNS and what their messages say.
 */
@Internal
@NullMarked
package io.scalesrpc.discovery.dns.query;

import io.scalesrpc.Internal;
import org.jspecify.annotations.NullMarked;
