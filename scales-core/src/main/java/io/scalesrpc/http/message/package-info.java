/**
 * Requests and responses of HTTP as both its versions write and read them: fields,
 * statuses, limits, bodies. Knows no connection.
 */
@Internal
@NullMarked
package io.scalesrpc.http.message;

import io.scalesrpc.Internal;
import org.jspecify.annotations.NullMarked;
