/**
 * Records to Kafka: an interface whose methods are topics, and a broker in this process
 * that can be stopped and started. The page is {@code kafka.html}. Used by nobody else;
 * never leaves the machine.
 */
@NullMarked
package io.scalesrpc.demo.kafka;

import org.jspecify.annotations.NullMarked;
