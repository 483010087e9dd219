/**
 * HTTP clients for real: a stock service with several members on ports of their own,
 * called over HTTP/1.1 and HTTP/2 by interfaces with {@code @HttpExchange}, and by a
 * {@code RestClient}. The page is {@code http.html}. Used by nobody else; never leaves
 * the machine.
 */
@NullMarked
package io.scalesrpc.demo.http;

import org.jspecify.annotations.NullMarked;
