/**
 * Another module of an application, with an interface whose simple name is taken. Used by
 * tests only. Never holds a test.
 */
@NullMarked
package io.scalesrpc.spring.client.other;

import org.jspecify.annotations.NullMarked;
