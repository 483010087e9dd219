package io.scalesrpc.transport;

import java.net.InetSocketAddress;
import java.net.UnknownHostException;

import io.netty.channel.DefaultEventLoop;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

class BlockingResolverGroupTests {

	private static final int PATIENCE_MILLIS = 10_000;

	private final EventLoop loop = new DefaultEventLoop();

	@AfterEach
	void close() {
		this.loop.shutdownGracefully(0, 1, SECONDS).awaitUninterruptibly(PATIENCE_MILLIS);
	}

	@Test
	void resolvesLocalhostToTheLoopbackAddressOnAThreadOfItsOwn() {
		Future<InetSocketAddress> resolved = resolve("localhost");
		assertThat(resolved.getNow().getAddress().isLoopbackAddress()).isTrue();
		assertThat(resolved.getNow().getPort()).isEqualTo(9090);
		assertThat(Thread.getAllStackTraces().keySet())
			.anySatisfy((thread) -> assertThat(thread.getName()).startsWith("scales-dns"));
	}

	@Test
	void anAddressIsItself() {
		assertThat(resolve("127.0.0.9").getNow().getAddress().getHostAddress()).isEqualTo("127.0.0.9");
		assertThat(resolve("::1").getNow().getAddress().getHostAddress()).isEqualTo("0:0:0:0:0:0:0:1");
	}

	/** The name is longer than DNS allows, so nobody is asked for it. */
	@Test
	void aNameThatCannotExistFails() {
		assertThat(resolve("x".repeat(300)).cause()).isInstanceOf(UnknownHostException.class);
	}

	private Future<InetSocketAddress> resolve(String host) {
		Future<InetSocketAddress> future = BlockingResolverGroup.INSTANCE.getResolver(this.loop)
			.resolve(InetSocketAddress.createUnresolved(host, 9090));
		assertThat(future.awaitUninterruptibly(PATIENCE_MILLIS)).isTrue();
		return future;
	}

}
