package io.scalesrpc.demo.redis;

import java.util.List;

import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * The servers of the carts. <em>Immutable</em>.
 *
 * @param enabled whether they are started
 * @param ports a server on each, of which the first is the primary to begin with
 */
@ConfigurationProperties("demo.redis")
record RedisProperties(boolean enabled, List<Integer> ports) {
}
