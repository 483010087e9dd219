package io.scalesrpc.transport;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.ConnectTimeoutException;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollChannelOption;
import io.scalesrpc.discovery.Member;
import io.scalesrpc.testing.FreePorts;
import io.scalesrpc.testing.LeakWatch;
import io.scalesrpc.testing.Sockets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

@Sockets
class ConnectorTests {

	private static final int PATIENCE_MILLIS = 10_000;

	private final EventLoops loops = EventLoops.create("scales-test-connector", 1);

	private final Connector connector = new Connector(this.loops, Duration.ofSeconds(5));

	@AfterEach
	void close() {
		assertThat(this.loops.close(Duration.ZERO).toCompletableFuture())
			.succeedsWithin(Duration.ofMillis(PATIENCE_MILLIS));
	}

	@Test
	void connectsToAMemberByName() throws IOException {
		try (ServerSocket server = new ServerSocket(0, 10, InetAddress.getByName("127.0.0.1"))) {
			ChannelFuture connected = connect(this.connector, "localhost", server.getLocalPort());
			try (Socket accepted = server.accept()) {
				assertThat(connected.isSuccess()).isTrue();
				assertThat(accepted.getRemoteSocketAddress()).isEqualTo(connected.channel().localAddress());
			}
			finally {
				connected.channel().close().syncUninterruptibly();
			}
		}
	}

	@Test
	void setsTheOptionsThatAllProtocolsShare() throws IOException {
		try (ServerSocket server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
			Channel channel = connect(this.connector, "127.0.0.1", server.getLocalPort()).channel();
			assertThat(channel.config().getOption(ChannelOption.TCP_NODELAY)).isTrue();
			assertThat(channel.config().getOption(ChannelOption.SO_KEEPALIVE)).isTrue();
			assertThat(channel.config().getWriteBufferHighWaterMark()).isEqualTo(64 * 1024);
			if (Epoll.isAvailable()) {
				assertThat(channel.config().getOption(EpollChannelOption.TCP_USER_TIMEOUT)).isEqualTo(20_000);
				assertThat(channel.config().getOption(EpollChannelOption.TCP_KEEPIDLE)).isEqualTo(10);
				assertThat(channel.config().getOption(EpollChannelOption.TCP_KEEPINTVL)).isEqualTo(2);
			}
			channel.close().syncUninterruptibly();
		}
	}

	@Test
	void aRefusedPortFails() throws IOException {
		ChannelFuture refused = connect(this.connector, "127.0.0.1", FreePorts.next());
		assertThat(refused.cause()).isInstanceOf(ConnectException.class)
			.isNotInstanceOf(ConnectTimeoutException.class)
			.hasMessageContaining("refused");
		assertThat(refused.channel().closeFuture().awaitUninterruptibly(PATIENCE_MILLIS)).isTrue();
	}

	@Test
	void aNameThatDoesNotResolveFails() {
		ChannelFuture unknown = connect(this.connector, "x".repeat(300), 1);
		assertThat(unknown.cause()).hasMessageContaining("xxx");
		assertThat(unknown.channel().closeFuture().awaitUninterruptibly(PATIENCE_MILLIS)).isTrue();
	}

	@Test
	void aServerThatDoesNotAnswerFailsAtTheConnectTimeout() throws IOException {
		Connector impatient = new Connector(this.loops, Duration.ofMillis(100));
		List<Socket> filling = new ArrayList<>();
		try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
			fillTheBacklog(server, filling);
			ChannelFuture silent = connect(impatient, "127.0.0.1", server.getLocalPort());
			assertThat(silent.cause()).isInstanceOf(ConnectTimeoutException.class).hasMessageContaining("100 ms");
			assertThat(silent.channel().closeFuture().awaitUninterruptibly(PATIENCE_MILLIS)).isTrue();
		}
		finally {
			for (Socket socket : filling) {
				socket.close();
			}
		}
	}

	@Test
	void aTimeoutBelowAMillisecondIsNotNone() throws IOException {
		Connector hasty = new Connector(this.loops, Duration.ofNanos(1));
		assertThat(hasty.connectTimeout()).isEqualTo(Duration.ofNanos(1));
		ChannelFuture future = connect(hasty, "127.0.0.1", FreePorts.next());
		assertThat(future.channel().config().getConnectTimeoutMillis()).isOne();
	}

	private ChannelFuture connect(Connector with, String host, int port) {
		ChannelHandler nothing = new ChannelInboundHandlerAdapter();
		ChannelFuture future = with.connect(Member.of(host, port), nothing);
		LeakWatch.channel(future.channel());
		assertThat(future.awaitUninterruptibly(PATIENCE_MILLIS)).isTrue();
		return future;
	}

	/** Once a connection is not accepted in time, no other will be. */
	private static void fillTheBacklog(ServerSocket server, List<Socket> filling) throws IOException {
		for (int i = 0; i < 16; i++) {
			Socket socket = new Socket();
			filling.add(socket);
			try {
				socket.connect(server.getLocalSocketAddress(), 200);
			}
			catch (SocketTimeoutException ex) {
				return;
			}
		}
		throw new AssertionError("backlog: still open after 16 connections (expected: 1 or 2)");
	}

}
