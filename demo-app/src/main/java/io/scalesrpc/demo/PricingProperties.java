package io.scalesrpc.demo;

import java.time.Duration;
import java.util.List;

import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * The embedded pricing servers. <em>Immutable</em>.
 *
 * @param ports a server on each, the last one is slow
 * @param slowBy how long the slow one takes for every answer
 */
@ConfigurationProperties("demo.pricing")
record PricingProperties(List<Integer> ports, Duration slowBy) {
}
