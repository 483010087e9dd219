/**
 * An application that calls a service, for tests of what tests of applications have. Used
 * by tests only. Never holds a test.
 */
@NullMarked
package io.scalesrpc.spring.test.shop;

import org.jspecify.annotations.NullMarked;
