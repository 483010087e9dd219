package io.scalesrpc.demo.live;

import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * The live page. <em>Immutable</em>.
 *
 * @param rate calls a second from the start, through each of the two clients; 0 for none
 */
@ConfigurationProperties("demo.live")
record LiveProperties(int rate) {
}
