/**
 * What {@code application.yml} says about clients, where it says it, and how to tell the
 * reader what is wrong with it. Used by the packages below, which make beans of it. Never
 * makes a client itself.
 */
@NullMarked
package io.scalesrpc.spring;

import org.jspecify.annotations.NullMarked;
