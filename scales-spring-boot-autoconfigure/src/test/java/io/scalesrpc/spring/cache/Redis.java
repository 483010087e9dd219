package io.scalesrpc.spring.cache;

import java.io.File;
import java.io.IOException;

import io.scalesrpc.testing.FreePorts;
import redis.embedded.RedisServer;
import redis.embedded.core.ExecutableProvider;

/**
 * A real Redis on a port of this machine, out of a Maven artefact, or the system's where
 * that has none for the machine. <em>Stateless</em>.
 */
final class Redis {

	private Redis() {
	}

	/** Starts it, to be stopped by the caller. */
	static RedisServer start(int port) throws IOException {
		RedisServer server = RedisServer.newRedisServer()
			.executableProvider(Redis::executable)
			.port(port)
			.bind("127.0.0.1")
			.setting("save \"\"")
			.setting("appendonly no")
			.build();
		server.start();
		return server;
	}

	private static File executable() throws IOException {
		try {
			return ExecutableProvider.newJarResourceProvider().get();
		}
		catch (IOException | RuntimeException ex) {
			return ExecutableProvider.newExecutableInPath("redis-server").get();
		}
	}

}
