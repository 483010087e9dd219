/**
 * The same traffic through two clients, counted in the same way, second by second, and a
 * tour of what can go wrong. Used by the page {@code index.html}; the servers are those
 * of the fleet.
 */
@NullMarked
package io.scalesrpc.demo.live;

import org.jspecify.annotations.NullMarked;
