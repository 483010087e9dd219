/**
 * Bodies of answers that are read part by part:
 * {@link io.scalesrpc.http.body.StreamedBody} as its reader sees it, and
 * {@link io.scalesrpc.http.body.ResponseStream}, which the connections feed, with
 * back-pressure, unpacking and a limit for the time in which nothing happens. Used by the
 * http package and the Spring integration. Never holds more than what one read of the
 * socket brought and one unpacked part, and never ends a body that is not complete other
 * than with an error.
 */
@NullMarked
package io.scalesrpc.http.body;

import org.jspecify.annotations.NullMarked;
