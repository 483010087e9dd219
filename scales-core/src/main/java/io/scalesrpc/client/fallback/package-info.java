/**
 * What answers in place of calls that failed, for every style of method.
 */
@NullMarked
package io.scalesrpc.client.fallback;

import org.jspecify.annotations.NullMarked;
