/**
 * Values as JSON, by the mapper of the application, for protocols that carry bytes. Never
 * decides which values are JSON.
 */
@NullMarked
package io.scalesrpc.spring.json;

import org.jspecify.annotations.NullMarked;
