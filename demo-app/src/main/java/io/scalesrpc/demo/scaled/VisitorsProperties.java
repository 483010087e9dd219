package io.scalesrpc.demo.scaled;

import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Those who look at prices. <em>Immutable</em>.
 *
 * @param rate visits a second
 */
@ConfigurationProperties("demo.visitors")
record VisitorsProperties(int rate) {
}
