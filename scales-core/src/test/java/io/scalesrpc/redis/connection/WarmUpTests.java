package io.scalesrpc.redis.connection;

import java.nio.charset.StandardCharsets;

import io.lettuce.core.ClientOptions;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class WarmUpTests {

	/** If it did not come to its end, the first call would load the rest. */
	@Test
	void allThatIsDoneForAConnectionIsDoneOnceBefore() {
		EventLoopGroup loops = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
		try {
			assertThat(WarmUp.connect(loops, ClientOptions.create()))
				.isEqualTo("PONG".getBytes(StandardCharsets.US_ASCII));
		}
		finally {
			loops.shutdownGracefully(0, 0, java.util.concurrent.TimeUnit.SECONDS).syncUninterruptibly();
		}
	}

}
