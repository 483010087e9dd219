package io.scalesrpc.redis;

import java.nio.file.Files;
import java.time.Duration;
import java.util.List;

import io.lettuce.core.dynamic.annotation.Command;
import io.scalesrpc.client.ClientHandle;
import io.scalesrpc.client.ScalesClients;
import io.scalesrpc.redis.command.RedisNode;
import io.scalesrpc.redis.protocol.RedisProtocol;
import io.scalesrpc.testing.Eventually;
import io.scalesrpc.testing.Sockets;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** With the server of this machine, which has what that of the build has not. */
@Sockets
class NewerRedisTests {

	/** Commands of Redis 7. */
	interface Newer {

		String set(String key, String value);

		String get(String key);

		@Command("FUNCTION LOAD REPLACE ?0")
		String load(String library);

		@Command("FCALL twice 1 ?0")
		long twice(String key);

		@Command("FCALL_RO look 1 ?0")
		String look(String key);

		@Command("EXPIRETIME ?0")
		long expiry(String key);

		String info();

	}

	@BeforeEach
	void needsTheServer() {
		assumeTrue(Files.isExecutable(RedisNode.OF_THE_MACHINE),
				RedisNode.OF_THE_MACHINE + ": not there (Debian: redis-server)");
	}

	@Test
	void functionsAreCommandsAndThoseThatOnlyReadAreReads() {
		try (RedisNode primary = RedisNode.ofTheMachine();
				RedisNode replica = primary.replica();
				ClientHandle<Newer> client = client(primary, replica)) {
			Newer redis = client.proxy();
			assertThat(redis.load("#!lua name=numbers\n"
					+ "redis.register_function('twice', function(keys) return 2 * redis.call('GET', keys[1]) end)\n"
					+ "redis.register_function{function_name='look',"
					+ " callback=function(keys) return redis.call('GET', keys[1]) end, flags={'no-writes'}}"))
				.isEqualTo("numbers");
			redis.set("n", "21");
			assertThat(redis.twice("n")).isEqualTo(42);
			assertThat(redis.expiry("n")).isEqualTo(-1);
			Eventually.await("replication", () -> "21".equals(redis.get("n")));
			assertThat(redis.look("n")).isEqualTo("21");
			assertThat(redis.info()).contains("role:slave");
		}
	}

	@Test
	void afterAnOrderedFailoverWritesGoOn() {
		try (RedisNode before = RedisNode.ofTheMachine();
				RedisNode after = before.replica();
				ClientHandle<Newer> client = client(before, after)) {
			client.proxy().set("a", "1");
			before.ask("FAILOVER");
			Eventually.await("the failover", () -> after.ask("INFO", "replication").contains("role:master"));
			assertThat(client.proxy().set("a", "2")).isEqualTo("OK");
			assertThat(after.ask("GET", "a")).isEqualTo("2");
		}
	}

	private static ClientHandle<Newer> client(RedisNode... nodes) {
		return ScalesClients.builder(Newer.class)
			.protocol(new RedisProtocol(RedisSettings.DEFAULT.withReadFrom(ReadFrom.REPLICAS).withProtocolVersion(3)))
			.uri("tcp://" + String.join(",", List.of(nodes).stream().map(RedisNode::address).toList()))
			.timeout(Duration.ofSeconds(5))
			.connectTimeout(Duration.ofSeconds(4))
			.build();
	}

}
