package io.scalesrpc.spring.discovery;

import io.scalesrpc.discovery.ServerSet;
import io.scalesrpc.discovery.ServerSetProvider;
import io.scalesrpc.discovery.ServerSetUri;

/**
 * Says what {@code discovery://} needs, where it is not there. <em>Immutable</em>.
 */
final class MissingRegistry implements ServerSetProvider {

	@Override
	public String scheme() {
		return "discovery";
	}

	@Override
	public ServerSet create(ServerSetUri uri) {
		throw new IllegalArgumentException("uri: " + uri + " (expected: a bean of Spring Cloud's DiscoveryClient;"
				+ " spring-cloud-starter-zookeeper-discovery, for one, brings it)");
	}

}
