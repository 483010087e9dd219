/**
 * Observations of calls, by Micrometer: what tracers make spans of, and meters, if the
 * application wants. The client package puts the stages into its stack, the server wraps
 * handlers. Sends the trace on as entries of a call's context, in whatever form the
 * application's propagator writes; knows no protocol and no tracer.
 */
@NullMarked
package io.scalesrpc.observation;

import org.jspecify.annotations.NullMarked;
