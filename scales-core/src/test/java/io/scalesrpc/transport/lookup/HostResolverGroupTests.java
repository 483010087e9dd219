package io.scalesrpc.transport.lookup;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.Executor;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import io.scalesrpc.testing.LeakCheckExtension;
import io.scalesrpc.testing.Sockets;
import io.scalesrpc.transport.EventLoops;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import static org.assertj.core.api.Assertions.assertThat;

@Sockets
@ExtendWith(LeakCheckExtension.class)
class HostResolverGroupTests {

	private static final int PATIENCE_MILLIS = 10_000;

	private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

	private final EventLoops loops = EventLoops.create("test-resolver", 1);

	private final EventLoop loop = this.loops.group().next();

	@AfterEach
	void close() {
		this.loops.close(Duration.ofSeconds(1)).toCompletableFuture().join();
	}

	@Test
	void aNameIsLookedUpOnAThreadOfItsOwn() {
		HostResolverGroup group = group(threads(), (name) -> {
			assertThat(this.loop.inEventLoop()).isFalse();
			return addresses("127.0.0.9");
		});
		assertThat(resolve(group, "one.test", 9090).getNow()).isEqualTo(new InetSocketAddress("127.0.0.9", 9090));
	}

	@Test
	void anAddressIsNeverLookedUp() {
		HostResolverGroup group = group((task) -> {
			throw new AssertionError("looked up");
		}, (name) -> addresses());
		assertThat(resolve(group, "127.0.0.9", 1).getNow().getAddress().getHostAddress()).isEqualTo("127.0.0.9");
		assertThat(resolve(group, "::1", 1).getNow().getAddress().getHostAddress()).isEqualTo("0:0:0:0:0:0:0:1");
		assertThat(resolve(group, "::1%lo", 1).getNow().getAddress().getHostAddress()).startsWith("0:0:0:0:0:0:0:1");
		assertThat(HostResolverGroup.address("10.0.0.1", 1).isUnresolved()).isFalse();
		assertThat(HostResolverGroup.address("fe80::1%nosuch", 1).isUnresolved()).isTrue();
		assertThat(HostResolverGroup.address("name", 1).isUnresolved()).isTrue();
	}

	@Test
	void aNameThatCannotExistFails() {
		HostResolverGroup group = new HostResolverGroup(HostLookups.SYSTEM, this.loops.channelType(), CONNECT_TIMEOUT);
		assertThat(resolve(group, "x".repeat(300), 1).cause()).isInstanceOf(UnknownHostException.class);
	}

	@Test
	void ofSeveralAddressesTheOneThatTakesConnectionsIsChosen() throws IOException {
		try (ServerSocket server = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"))) {
			HostResolverGroup group = group(threads(), (name) -> addresses("127.0.0.9", "::1", "127.0.0.1"));
			InetSocketAddress chosen = resolve(group, "many.test", server.getLocalPort()).getNow();
			assertThat(chosen.getAddress().getHostAddress()).isEqualTo("127.0.0.1");
		}
	}

	@Test
	void whatWasChosenStaysUntilConnectingThereFails() throws IOException {
		HostResolverGroup group = group(threads(), (name) -> addresses("127.0.0.9", "127.0.0.1"));
		int port;
		try (ServerSocket server = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"))) {
			port = server.getLocalPort();
			resolve(group, "many.test", port);
			server.accept().close();
		}
		try (ServerSocket other = new ServerSocket(port, 50, InetAddress.getByName("127.0.0.9"))) {
			assertThat(resolve(group, "many.test", port).getNow().getAddress().getHostAddress()).isEqualTo("127.0.0.1");
			group.failed("many.test", port);
			assertThat(resolve(group, "many.test", port).getNow().getAddress().getHostAddress()).isEqualTo("127.0.0.9");
			assertThat(other.isBound()).isTrue();
		}
	}

	@Test
	void whenNoAddressTakesConnectionsTheReasonNamesThemAll() throws IOException {
		int port;
		try (ServerSocket server = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"))) {
			port = server.getLocalPort();
		}
		HostResolverGroup group = group(threads(), (name) -> addresses("127.0.0.9", "127.0.0.1"));
		assertThat(resolve(group, "many.test", port).cause()).hasMessageContaining("none of 2 addresses of many.test")
			.hasMessageContaining("127.0.0.9: ")
			.hasMessageContaining("127.0.0.1: ");
	}

	private HostResolverGroup group(Executor executor, HostLookups.NameService names) {
		return new HostResolverGroup(new HostLookups(executor, names), this.loops.channelType(), CONNECT_TIMEOUT);
	}

	private static Executor threads() {
		return (task) -> new Thread(task, "test-lookup").start();
	}

	/** As the JDK makes them of a name. */
	private static InetAddress[] addresses(String... texts) throws UnknownHostException {
		InetAddress[] addresses = new InetAddress[texts.length];
		for (int i = 0; i < texts.length; i++) {
			addresses[i] = InetAddress.getByAddress("many.test", InetAddress.getByName(texts[i]).getAddress());
		}
		return addresses;
	}

	private Future<InetSocketAddress> resolve(HostResolverGroup group, String host, int port) {
		Future<InetSocketAddress> future = group.getResolver(this.loop)
			.resolve(InetSocketAddress.createUnresolved(host, port));
		assertThat(future.awaitUninterruptibly(PATIENCE_MILLIS)).isTrue();
		return future;
	}

}
