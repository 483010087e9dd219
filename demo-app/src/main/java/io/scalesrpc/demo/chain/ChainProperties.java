package io.scalesrpc.demo.chain;

import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Where the second and the third hop listen. <em>Immutable</em>.
 *
 * @param frontPort port of the second hop
 * @param backPort port of the third hop
 */
@ConfigurationProperties("demo.chain")
record ChainProperties(int frontPort, int backPort) {
}
