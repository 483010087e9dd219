package io.scalesrpc.redis.connection;

import java.time.Duration;
import java.util.List;

import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.NettyCustomizer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SingleThreadEventLoop;
import io.scalesrpc.testing.Sockets;
import io.scalesrpc.transport.EventLoops;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

@Sockets
class LettuceResourcesTests {

	@Test
	void theLoopsAreOursWhateverClassAVersionOfLettuceAsksFor() {
		EventLoops loops = EventLoops.create("lettuce-resources", 1);
		ClientResources resources = new LettuceResources(loops.group(), null).with(new NettyCustomizer() {
		});
		List<Class<? extends EventLoopGroup>> asked = List.of(MultiThreadIoEventLoopGroup.class,
				SingleThreadEventLoop.class);
		for (Class<? extends EventLoopGroup> type : asked) {
			EventLoopGroup given = resources.eventLoopGroupProvider().allocate(type);
			assertThat(given).isSameAs(loops.group());
		}
		loops.close(Duration.ZERO).toCompletableFuture().join();
	}

}
