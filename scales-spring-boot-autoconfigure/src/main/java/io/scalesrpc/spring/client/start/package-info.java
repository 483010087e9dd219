/**
 * What comes before the first request and after the last: members that must be ready,
 * warming up, who closes last.
 */
@NullMarked
package io.scalesrpc.spring.client.start;

import org.jspecify.annotations.NullMarked;
