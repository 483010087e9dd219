package io.scalesrpc.transport;

import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;

import io.netty.channel.epoll.Epoll;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.scalesrpc.call.InvalidSettingException;
import io.scalesrpc.client.ClientHandle;
import io.scalesrpc.client.ClientResources;
import io.scalesrpc.client.ScalesClients;
import io.scalesrpc.server.ThriftMuxServer;
import io.scalesrpc.test.peer.PeerService;
import io.scalesrpc.testing.Sockets;
import io.scalesrpc.thrift.EchoPeer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assumptions.assumeThat;

/** The transports that this system has, and what is said of those that it has not. */
@Sockets
class TransportTests {

	private static boolean isHere(Transport transport) {
		try {
			SocketTypes.require(transport);
			return true;
		}
		catch (InvalidSettingException ex) {
			return false;
		}
	}

	@ParameterizedTest
	@EnumSource(Transport.class)
	void clientAndServerSpeakOverEachThatIsHere(Transport transport) throws Exception {
		assumeThat(isHere(transport)).isTrue();
		try (ThriftMuxServer server = ThriftMuxServer.builder()
			.transport(transport)
			.service(PeerService.class, new EchoPeer())
			.build()
			.start();
				ClientResources resources = ClientResources.create(1, transport);
				ClientHandle<PeerService.Iface> client = ScalesClients.builder(PeerService.Iface.class)
					.name("echo")
					.uri("tcp://localhost:" + server.port())
					.timeout(Duration.ofSeconds(30))
					.connectTimeout(Duration.ofSeconds(20))
					.resources(resources)
					.build()) {
			assertThat(client.proxy().echo("hello")).isEqualTo("hello");
			if (transport != Transport.AUTO) {
				assertThat(resources.transport()).isEqualTo(transport);
			}
		}
	}

	@Test
	void autoIsEpollOnLinuxAndNeverIoUring() {
		Transport auto = SocketTypes.of(Transport.AUTO).transport();
		if (System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("linux")) {
			assertThat(auto).isEqualTo(Epoll.isAvailable() ? Transport.EPOLL : Transport.NIO);
		}
		assertThat(auto).isNotIn(Transport.AUTO, Transport.IO_URING);
	}

	@Test
	void nioIsThereEverywhere() {
		SocketTypes nio = SocketTypes.of(Transport.NIO);
		assertThat(nio.channel()).isEqualTo(NioSocketChannel.class);
		assertThat(nio.handlers()).isInstanceOf(NioIoHandler.newFactory().getClass());
		assertThat(nio.lifeSigns()).isEmpty();
	}

	@Test
	void whatIsNotHereIsRefusedBeforeAnyThreadIsMade() {
		for (Transport transport : Arrays.stream(Transport.values()).filter((each) -> !isHere(each)).toList()) {
			assertThatExceptionOfType(InvalidSettingException.class)
				.isThrownBy(() -> EventLoops.create("none", 1, transport))
				.withMessageStartingWith("transport: " + transport + " (expected: auto, ")
				.satisfies((ex) -> assertThat(ex.setting()).isEqualTo("transport"));
		}
	}

	@Test
	void aMissingLibraryIsNamedWithItsCoordinates() {
		InvalidSettingException refused = SocketTypes.refusal(Transport.IO_URING,
				new NoClassDefFoundError("io/netty/channel/uring/IoUring"), "linux", "x86_64");
		assertThat(refused).hasMessageStartingWith("transport: io_uring (expected: auto, ")
			.hasMessageEndingWith(
					", or io.netty:netty-transport-native-io_uring with classifier linux-x86_64 on the class path: its classes are missing)");
		assertThat(refused.library())
			.isEqualTo("io.netty:netty-transport-native-io_uring with classifier linux-x86_64");
		assertThat(SocketTypes.refusal(Transport.KQUEUE,
				new IllegalArgumentException("outer",
						new UnsatisfiedLinkError(
								"no netty_transport_native_kqueue_aarch_64 in java.library.path: /usr/lib")),
				"osx", "aarch_64"))
			.hasMessageEndingWith(
					"io.netty:netty-transport-native-kqueue with classifier osx-aarch_64 on the class path: its native library is missing)");
	}

	@Test
	void whatTheSystemForbidsIsToldInItsWords() {
		assertThat(SocketTypes.refusal(Transport.IO_URING,
				new UnsatisfiedLinkError("failed to create io_uring ring: Operation not permitted"), "linux", "x86_64"))
			.hasMessageEndingWith(": failed to create io_uring ring: Operation not permitted)");
	}

	@Test
	void aTransportOfAnotherSystemNeedsNoLibrary() {
		assertThat(SocketTypes.refusal(Transport.KQUEUE, new NoClassDefFoundError("x"), "linux", "x86_64"))
			.hasMessageEndingWith("; kqueue is of macOS)")
			.satisfies((ex) -> assertThat(ex.library()).isNull());
		assertThat(SocketTypes.refusal(Transport.EPOLL, new NoClassDefFoundError("x"), "windows", "x86_64"))
			.hasMessageEndingWith("; epoll is of Linux)");
	}

	@Test
	void eventLoopsHaveATransportAlready() {
		EventLoops loops = EventLoops.create("loops", 1);
		assertThatExceptionOfType(InvalidSettingException.class)
			.isThrownBy(() -> ThriftMuxServer.builder()
				.service(PeerService.class, new EchoPeer())
				.eventLoops(loops)
				.transport(Transport.NIO)
				.build())
			.withMessage("transport: nio (expected: none beside event loops, which have one)");
		loops.close(Duration.ZERO);
	}

}
