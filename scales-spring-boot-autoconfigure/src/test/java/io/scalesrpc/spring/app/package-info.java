/**
 * Interfaces of an application, as the automatic search finds them. Used by tests only.
 * Never holds a test.
 */
@NullMarked
package io.scalesrpc.spring.app;

import org.jspecify.annotations.NullMarked;
