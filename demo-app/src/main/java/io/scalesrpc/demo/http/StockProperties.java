package io.scalesrpc.demo.http;

import java.time.Duration;
import java.util.List;

import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * The members of the stock service. <em>Immutable</em>.
 *
 * @param ports a member on each
 * @param slowBy how long a slow member takes for every answer
 */
@ConfigurationProperties("demo.stock")
record StockProperties(List<Integer> ports, Duration slowBy) {
}
