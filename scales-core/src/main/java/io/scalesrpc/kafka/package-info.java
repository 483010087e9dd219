/**
 * Records to the topics of a Kafka cluster, by the producer of kafka-clients: what it
 * lacks is here. The caller never waits for metadata, for a full buffer or for the
 * producer itself; a call ends by its deadline and says whether its record can be in the
 * log. Used by the client package, which finds the protocol by its name, and by the
 * Spring integration. Never sends a record twice and never chooses a broker: the producer
 * does both.
 */
@NullMarked
package io.scalesrpc.kafka;

import org.jspecify.annotations.NullMarked;
