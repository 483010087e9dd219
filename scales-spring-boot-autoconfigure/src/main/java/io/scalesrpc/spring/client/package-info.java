/**
 * Beans of client interfaces: found by scanning or named by annotations, made by the
 * builder of the core from properties and customizers, closed with the application. Used
 * by applications, and by the packages that show clients to operators. Never looks into a
 * call.
 */
@NullMarked
package io.scalesrpc.spring.client;

import org.jspecify.annotations.NullMarked;
