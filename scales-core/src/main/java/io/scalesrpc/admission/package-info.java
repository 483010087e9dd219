/**
 * Who is let through: {@link io.scalesrpc.admission.ThrottlingFilter} withholds calls
 * from servers that refuse most of them,
 * {@link io.scalesrpc.admission.ConcurrencyLimitFilter} bounds how many are in flight.
 * Used by the client's stack, once a client. Never lets a call wait: it is sent on or
 * refused at once.
 */
@NullMarked
package io.scalesrpc.admission;

import org.jspecify.annotations.NullMarked;
