package io.scalesrpc.spring.client.sliced;

import org.springframework.stereotype.Service;

/**
 * Uses the client. <em>Immutable</em>.
 *
 * @param client the client
 */
@Service
public record Till(TillClient client) {

}
