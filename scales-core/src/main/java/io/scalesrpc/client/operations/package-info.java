/**
 * What operators see of a client: the last minute, the meters of its calls, what it
 * writes to its logs.
 */
@NullMarked
package io.scalesrpc.client.operations;

import org.jspecify.annotations.NullMarked;
