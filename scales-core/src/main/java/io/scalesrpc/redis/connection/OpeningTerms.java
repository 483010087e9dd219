package io.scalesrpc.redis.connection;

import io.lettuce.core.ClientOptions;
import io.scalesrpc.transport.Connector;

/**
 * What is needed to open the connections of one client. <em>Immutable</em>.
 *
 * @param connector how channels are opened
 * @param session what their sessions share
 * @param resources what Lettuce runs on
 * @param options what Lettuce does and leaves
 */
record OpeningTerms(Connector connector, SessionTerms session, LettuceResources resources, ClientOptions options) {
}
