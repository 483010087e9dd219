/**
 * The circuit breaker of a client, or of one of its methods: refuses calls for a time
 * after too many have failed, so that users do not wait and a sick service is left alone
 * (Nygard, Release It!). The stage below the deadline and above everything that makes
 * attempts, so that it sees a call once; put there by {@code ClientStack}, steered by
 * operators through the client's handle. Never judges a single member: that is what the
 * package {@code breaker} does. Never waits: a period is over when somebody looks.
 */
@NullMarked
package io.scalesrpc.circuitbreaker;

import org.jspecify.annotations.NullMarked;
