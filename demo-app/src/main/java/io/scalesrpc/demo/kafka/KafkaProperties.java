package io.scalesrpc.demo.kafka;

import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * The broker of the demo. <em>Immutable</em>.
 *
 * @param enabled whether it is started
 * @param port where it listens
 * @param controllerPort where its controller listens
 */
@ConfigurationProperties("demo.kafka")
record KafkaProperties(boolean enabled, int port, int controllerPort) {
}
