/**
 * From properties to the builder: what goes where, what is refused and how that is told,
 * and what may change while the application runs.
 */
@NullMarked
package io.scalesrpc.spring.client.settings;

import org.jspecify.annotations.NullMarked;
