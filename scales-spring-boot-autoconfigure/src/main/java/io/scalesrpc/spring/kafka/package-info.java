/**
 * Interfaces whose methods send records, with the annotations of Spring Messaging, and
 * what the application knows of Kafka: its mapper, and the brokers of
 * {@code spring.kafka}. Never sends anything itself.
 */
@NullMarked
package io.scalesrpc.spring.kafka;

import org.jspecify.annotations.NullMarked;
