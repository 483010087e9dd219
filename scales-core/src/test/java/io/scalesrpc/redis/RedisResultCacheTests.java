package io.scalesrpc.redis;

import java.nio.charset.StandardCharsets;
import java.time.Duration;

import io.scalesrpc.client.ClientHandle;
import io.scalesrpc.client.ScalesClients;
import io.scalesrpc.redis.command.RedisNode;
import io.scalesrpc.testing.Sockets;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

@Sockets
class RedisResultCacheTests {

	@Test
	void whatIsKeptIsFoundByAnotherProcessAndGoesByItself() {
		byte[] entry = "entry\r\n\0".getBytes(StandardCharsets.ISO_8859_1);
		try (RedisNode node = RedisNode.bundled();
				ClientHandle<ScalesRedisClient> one = client(node);
				ClientHandle<ScalesRedisClient> two = client(node)) {
			RedisResultCache cache = new RedisResultCache("redis:results", "scales:", one.proxy());
			assertThat(cache.get("key")).isNull();
			cache.put("key", entry, Duration.ofSeconds(30));
			assertThat(new RedisResultCache("redis:results", "scales:", two.proxy()).get("key")).isEqualTo(entry);
			assertThat(Long.parseLong(node.ask("PTTL", "scales:key"))).isBetween(1L, 30_000L);
			cache.put("other", entry);
			assertThat(Long.parseLong(node.ask("PTTL", "scales:other"))).isPositive();
			assertThat(cache.blocks()).isTrue();
		}
	}

	private static ClientHandle<ScalesRedisClient> client(RedisNode node) {
		return ScalesClients.builder(ScalesRedisClient.class).protocol("redis").uri("tcp://" + node.address()).build();
	}

}
