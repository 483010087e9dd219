/**
 * What interfaces and beans declare: which client an interface stands for, its fallback.
 */
@NullMarked
package io.scalesrpc.spring.client.declaration;

import org.jspecify.annotations.NullMarked;
