package io.scalesrpc.demo.redis;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import jakarta.annotation.PreDestroy;
import redis.embedded.RedisServer;
import redis.embedded.core.RedisServerBuilder;

import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.stereotype.Component;

/**
 * A primary and its replicas, in processes of their own. <em>Confined to one thread at a
 * time</em>: the page has one user.
 */
@Component
@ConditionalOnBooleanProperty("demo.redis.enabled")
class RedisServers {

	private final List<Integer> ports;

	private final Map<Integer, RedisServer> running = new TreeMap<>();

	private int primary;

	RedisServers(RedisProperties properties) {
		this.ports = properties.ports();
		this.primary = this.ports.get(0);
		this.ports.forEach(this::start);
	}

	List<Integer> ports() {
		return this.ports;
	}

	boolean isRunning(int port) {
		return this.running.containsKey(port);
	}

	void start(int port) {
		try {
			RedisServerBuilder builder = RedisServer.newRedisServer()
				.port(port)
				.bind("127.0.0.1")
				.setting("save \"\"")
				.setting("dbfilename demo-" + port + ".rdb")
				.setting("repl-diskless-sync yes")
				.setting("repl-diskless-sync-delay 0");
			if (port != this.primary) {
				builder.slaveOf("127.0.0.1", this.primary);
			}
			RedisServer server = builder.build();
			server.start();
			this.running.put(port, server);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	void stop(int port) {
		RedisServer server = this.running.remove(port);
		if (server != null) {
			stop(server);
		}
	}

	private static void stop(RedisServer server) {
		try {
			server.stop();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** Makes a server the primary, and the others its replicas: an ordered failover. */
	void promote(int port) {
		this.primary = port;
		say(port, "REPLICAOF NO ONE");
		this.running.keySet()
			.stream()
			.filter((other) -> other != port)
			.forEach((other) -> say(other, "REPLICAOF 127.0.0.1 " + port));
	}

	/** Past all clients, as an operator would. */
	private static void say(int port, String command) {
		try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
			socket.setSoTimeout(5000);
			socket.getOutputStream().write((command + "\r\n").getBytes(StandardCharsets.US_ASCII));
			socket.getInputStream().read();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@PreDestroy
	void stopAll() {
		this.running.values().forEach(RedisServers::stop);
		this.running.clear();
	}

}
