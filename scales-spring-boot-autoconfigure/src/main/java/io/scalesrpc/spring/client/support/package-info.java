/**
 * What a kind of interface or a protocol brings along for Spring: implemented by the
 * packages for HTTP, Kafka and Redis.
 */
@NullMarked
package io.scalesrpc.spring.client.support;

import org.jspecify.annotations.NullMarked;
