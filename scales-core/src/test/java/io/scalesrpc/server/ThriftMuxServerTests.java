package io.scalesrpc.server;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.scalesrpc.call.Context;
import io.scalesrpc.mux.MuxType;
import io.scalesrpc.mux.RdispatchCodec;
import io.scalesrpc.mux.RerrCodec;
import io.scalesrpc.test.peer.PeerException;
import io.scalesrpc.test.peer.PeerService;
import io.scalesrpc.testing.Sockets;
import io.scalesrpc.thrift.ThriftReply;
import org.apache.thrift.TApplicationException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

@Sockets
class ThriftMuxServerTests {

	private static final String PING = "800100010000000470696e670000000000";

	private final PeerServer peer = new PeerServer();

	@AfterEach
	void close() {
		this.peer.close();
	}

	@Test
	void aCallOverTheHandshakeOfFinagleIsAnsweredByteForByte() {
		try (MuxProbe probe = this.peer.connect()) {
			assertThat(probe.write(MuxProbe.MARKER).readHex()).isEqualTo(MuxProbe.MARKER);
			assertThat(probe.write(MuxProbe.TINIT).readHex())
				.isEqualTo(MuxProbe.TINIT.replaceFirst("44", "bc").replace("7fffffff", "00040000"));
			assertThat(probe.write("0000001b02000002" + "0000" + "0000" + "0000" + PING).readHex())
				.isEqualTo("00000018fe00000200" + "0000" + "800100020000000470696e670000000000");
		}
	}

	@Test
	void theMarkerIsEchoedWithTheNumberOfItsType() {
		String marker = "0000000f8000000174696e697420636865636b";
		try (MuxProbe probe = this.peer.connect()) {
			assertThat(probe.write(marker).readHex()).isEqualTo(marker);
		}
	}

	@Test
	void aClientThatDoesNotNegotiateIsServed() {
		try (MuxProbe probe = this.peer.connect()) {
			assertThat(probe.call(2, "echo", "hello").reply(2, "echo")).isEqualTo(new ThriftReply.Value("hello"));
		}
	}

	@Test
	void aClientThatStopsAfterTheMarkerIsServed() {
		try (MuxProbe probe = this.peer.connect()) {
			probe.write(MuxProbe.MARKER).read();
			assertThat(probe.call(2, "add", 40, 2).reply(2, "add")).isEqualTo(new ThriftReply.Value(42));
		}
	}

	@Test
	void handlersThatNeverWaitCanRunOnTheEventLoop() {
		Set<String> threads = ConcurrentHashMap.newKeySet();
		try (PeerServer onTheLoop = new PeerServer(
				(builder) -> builder.executor(Runnable::run).interceptor((call, invocation) -> {
					threads.add(Thread.currentThread().getName());
					invocation.run();
				})); MuxProbe probe = onTheLoop.negotiated()) {
			for (int tag = 2; tag < 50; tag++) {
				probe.call(tag, "add", tag, 1);
			}
			for (int tag = 2; tag < 50; tag++) {
				assertThat(probe.reply(tag, "add")).isEqualTo(new ThriftReply.Value(tag + 1));
			}
			assertThat(threads).hasSize(1).allMatch((name) -> name.startsWith("scales-server-io"));
			assertThat(onTheLoop.stats().active()).isZero();
		}
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, 1, 0x7fffff })
	void anyTagIsServed(int tag) {
		try (MuxProbe probe = this.peer.negotiated()) {
			assertThat(probe.call(tag, "add", 1, 2).reply(tag, "add")).isEqualTo(new ThriftReply.Value(3));
		}
	}

	@Test
	void aTreqIsAnsweredByAnRreq() {
		try (MuxProbe probe = this.peer.connect()) {
			assertThat(probe.write("0000001601000002" + "00" + PING).readHex())
				.isEqualTo("00000016ff00000200" + "800100020000000470696e670000000000");
		}
	}

	@Test
	void aPingIsAnsweredWithItsTagBeforeAndAfterTheHandshake() {
		try (MuxProbe probe = this.peer.connect()) {
			assertThat(probe.write("0000000441000007").readHex()).isEqualTo("00000004bf000007");
			assertThat(probe.write("0000000441000000").readHex()).isEqualTo("00000004bf000000");
		}
	}

	@Test
	void anotherVersionIsRefused() {
		try (MuxProbe probe = this.peer.connect()) {
			probe.write(MuxProbe.MARKER).read();
			assertThat(error(probe.write("00000006440000010002").read())).isEqualTo("Unsupported Mux version: 2");
			assertThat(probe.isClosedByServer()).isTrue();
		}
	}

	@Test
	void aFragmentLimitOfZeroIsRefusedAfterTheRinit() {
		try (MuxProbe probe = this.peer.connect()) {
			probe.write(MuxProbe.MARKER).read();
			assertThat(MuxProbe.describe(probe.write(MuxProbe.TINIT.replace("7fffffff", "00000000")).read()))
				.isEqualTo("Rinit, tag 1");
			assertThat(error(probe.read())).isEqualTo("requirement failed");
			assertThat(probe.isClosedByServer()).isTrue();
		}
	}

	@Test
	void aClientThatRequiresTlsIsRefusedAfterTheRinit() {
		try (MuxProbe probe = this.peer.connect()) {
			probe.write(MuxProbe.MARKER).read();
			probe.write("0000001944000001" + "0001" + "00000003746c73" + "000000087265717569726564");
			assertThat(MuxProbe.describe(probe.read())).isEqualTo("Rinit, tag 1");
			assertThat(error(probe.read())).startsWith("Could not negotiate whether to use TLS or not");
			assertThat(probe.isClosedByServer()).isTrue();
		}
	}

	@Test
	void aTinitWithoutTheMarkerOrAgainIsUnexpectedAndTheSessionLives() {
		try (MuxProbe probe = this.peer.connect()) {
			assertThat(error(probe.write(MuxProbe.TINIT).read())).isEqualTo("Unexpected mux message type 68");
			assertThat(probe.call(2, "add", 1, 2).reply(2, "add")).isEqualTo(new ThriftReply.Value(3));
		}
		try (MuxProbe probe = this.peer.negotiated()) {
			assertThat(error(probe.write(MuxProbe.TINIT).read())).isEqualTo("Unexpected mux message type 68");
			assertThat(probe.call(2, "add", 1, 2).reply(2, "add")).isEqualTo(new ThriftReply.Value(3));
		}
	}

	@ParameterizedTest
	@ValueSource(
			ints = { MuxType.TDRAIN, MuxType.TLEASE, MuxType.RDRAIN, MuxType.RPING, MuxType.RDISPATCH, MuxType.RINIT })
	void aTypeThatClientsDoNotSendIsUnexpectedAndTheSessionLives(int type) {
		try (MuxProbe probe = this.peer.negotiated()) {
			ByteBuf answer = probe.write(MuxProbe.empty(type, 5)).read();
			assertThat(MuxProbe.describe(answer)).isEqualTo("Rerr, tag 5");
			assertThat(error(answer)).isEqualTo("Unexpected mux message type " + type);
			assertThat(probe.call(2, "add", 1, 2).reply(2, "add")).isEqualTo(new ThriftReply.Value(3));
		}
	}

	@Test
	void exceptionsAreAnsweredAsGoodReplies() {
		try (MuxProbe probe = this.peer.negotiated()) {
			assertThat(probe.call(2, "fail", 42, "declared").reply(2, "fail"))
				.isEqualTo(new ThriftReply.Declared(new PeerException(42, "declared")));
			TApplicationException undeclared = refused(
					probe.call(3, "failUndeclared", "oops").reply(3, "failUndeclared"));
			assertThat(undeclared.getType()).isEqualTo(TApplicationException.INTERNAL_ERROR);
			assertThat(undeclared)
				.hasMessage("Internal error processing failUndeclared: 'java.lang.IllegalStateException: oops'");
			assertThat(this.peer.stats().failures()).isZero();
		}
	}

	@Test
	void anUnknownMethodIsAnsweredAsSuch() {
		try (MuxProbe probe = this.peer.negotiated()) {
			ByteBuf answer = probe.write("0000001b02000002000000000000" + PING.replace("70696e67", "6e6f7065")).read();
			assertThat(RdispatchCodec.status(answer).name()).isEqualTo("OK");
			assertThat(RdispatchCodec.body(answer).toString(StandardCharsets.UTF_8))
				.contains("Invalid method name: 'nope'");
		}
	}

	/** As libthrift's servers and Finagle do; the second lacks a required field. */
	@ParameterizedTest
	@ValueSource(strings = { "80010001000000036269670000002a0c00010b0001000000017800000000",
			"80010001000000036269670000002a0c0001080001" })
	void argumentsThatCannotBeReadAreAProtocolErrorOfThatCall(String body) {
		try (MuxProbe probe = this.peer.negotiated()) {
			int size = 10 + body.length() / 2;
			probe.write(String.format("%08x", size) + "02000" + "02a" + "000000000000" + body);
			ThriftReply.Refused refused = (ThriftReply.Refused) probe.reply(42, "big");
			assertThat(refused.exception().getType()).isEqualTo(TApplicationException.PROTOCOL_ERROR);
			assertThat(refused.exception().getMessage()).startsWith("request: ");
			assertThat(probe.call(2, "add", 1, 2).reply(2, "add")).isEqualTo(new ThriftReply.Value(3));
		}
	}

	@Test
	void aMessageWithoutTheStrictVersionIsRead() {
		try (MuxProbe probe = this.peer.negotiated()) {
			probe.write("00000018" + "0200002a" + "000000000000" + "00000004" + "70696e67" + "01" + "0000002a" + "00");
			assertThat(probe.reply(42, "ping")).isEqualTo(new ThriftReply.Value(null));
		}
	}

	@Test
	void aOnewayCallIsAnsweredWithAnEmptyBody() throws InterruptedException {
		try (MuxProbe probe = this.peer.negotiated()) {
			assertThat(probe.call(2, "fire", "away").readHex()).isEqualTo("00000007fe000002000000");
			assertThat(this.peer.handler.awaitEnded()).isEqualTo("away");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "00", "800100010000000470696e67", "821100047069", "7fffffff7fffffff" })
	void aBodyThatIsNotThriftIsAnErrorOfThatCallOnly(String body) {
		try (MuxProbe probe = this.peer.negotiated()) {
			int size = 10 + body.length() / 2;
			ByteBuf answer = probe.write(String.format("%08x", size) + "02000009" + "000000000000" + body).read();
			assertThat(MuxProbe.describe(answer)).isEqualTo("Rdispatch, tag 9");
			assertThat(RdispatchCodec.status(answer).name()).isEqualTo("ERROR");
			assertThat(RdispatchCodec.error(answer)).startsWith("request: ").doesNotContain("Exception");
			assertThat(probe.call(2, "add", 1, 2).reply(2, "add")).isEqualTo(new ThriftReply.Value(3));
			assertThat(this.peer.stats().failures()).isEqualTo(1);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "00000003020000", "00000000", "ffffffff", "7fffffff41000002", "0000000463000002",
			"000000060200000200ff", "0000000602000002ffff", "000000050100000280", "00000006c20000000000" })
	void aFrameThatIsNotMuxClosesItsConnectionAndNoOther(String frame) {
		try (MuxProbe bad = this.peer.negotiated(); MuxProbe good = this.peer.negotiated()) {
			assertThat(bad.write(frame).isClosedByServer()).isTrue();
			assertThat(good.call(2, "add", 1, 2).reply(2, "add")).isEqualTo(new ThriftReply.Value(3));
			assertThat(this.peer.stats().protocolErrors()).isEqualTo(1);
		}
	}

	@Test
	void aTagInUseEndsTheSession() throws InterruptedException {
		try (MuxProbe probe = this.peer.negotiated()) {
			probe.call(2, "sleep", 1);
			this.peer.handler.awaitSleeping();
			ByteBuf answer = probe.call(2, "ping").read();
			assertThat(MuxProbe.describe(answer)).isEqualTo("Rerr, tag 2");
			assertThat(error(answer)).isEqualTo("Received duplicate tag 2 from client.");
			assertThat(probe.isClosedByServer()).isTrue();
			assertThat(this.peer.handler.awaitEnded()).isEqualTo("interrupted, cancelled: true");
		}
	}

	@Test
	void connectionsAreCounted() {
		try (MuxProbe probe = this.peer.negotiated()) {
			assertThat(probe.call(2, "add", 1, 2).reply(2, "add")).isEqualTo(new ThriftReply.Value(3));
			assertThat(this.peer.stats().connections()).isEqualTo(1);
			assertThat(this.peer.stats().requests()).isEqualTo(1);
		}
		PeerServer.await("no connections", () -> this.peer.stats().connections() == 0);
	}

	@Test
	void severalServicesAreToldApartByName() {
		PeerHandler other = new PeerHandler() {
			@Override
			public int add(int left, int right) {
				return left - right;
			}
		};
		try (PeerServer two = new PeerServer((builder) -> builder.service("other", PeerService.class, other));
				MuxProbe probe = two.negotiated()) {
			ByteBuf named = MuxProbe.request(3, Context.empty(), "add", 5, 2);
			String frame = ByteBufUtil.hexDump(named).replace("00000003616464", "00000009" + "6f746865723a" + "616464");
			named.release();
			probe.write(String.format("%08x", frame.length() / 2 - 4) + frame.substring(8));
			assertThat(probe.reply(3, "add")).isEqualTo(new ThriftReply.Value(3));
			assertThat(probe.call(4, "add", 5, 2).reply(4, "add")).isEqualTo(new ThriftReply.Value(7));
		}
	}

	@Test
	void aPortInUseIsSaidSo() {
		ThriftMuxServer second = ThriftMuxServer.builder()
			.service(PeerService.class, new PeerHandler())
			.address(this.peer.server.address())
			.build();
		assertThatIllegalStateException().isThrownBy(second::start)
			.withMessageContaining(String.valueOf(this.peer.server.port()))
			.withMessageContaining("expected: one to listen on");
	}

	@Test
	void startingTwiceAndStartingAfterCloseAreRefused() {
		assertThatIllegalStateException().isThrownBy(this.peer.server::start).withMessageContaining("started");
		try (MuxProbe probe = this.peer.connect()) {
			assertThat(probe.call(2, "add", 1, 2).reply(2, "add")).isEqualTo(new ThriftReply.Value(3));
		}
		this.peer.close();
		assertThatIllegalStateException().isThrownBy(this.peer.server::start).withMessageContaining("closed");
	}

	@Test
	void aServerWithoutServicesIsRefused() {
		assertThatIllegalStateException().isThrownBy(ThriftMuxServer.builder()::build)
			.withMessage("services: 0 (expected: at least 1)");
	}

	@Test
	void settingsOutOfRangeAreRefused() {
		ThriftMuxServerBuilder builder = ThriftMuxServer.builder();
		for (Runnable wrong : List.<Runnable>of(() -> builder.maxConcurrentCalls(0), () -> builder.maxFrameBytes(1023),
				() -> builder.maxFragmentBytes(0), () -> builder.maxWriteQueueBytes(1023))) {
			assertThatExceptionOfType(IllegalArgumentException.class).isThrownBy(wrong::run)
				.withMessageContaining("expected: ");
		}
	}

	private static String error(ByteBuf frame) {
		assertThat(MuxProbe.describe(frame)).startsWith("Rerr");
		return RerrCodec.why(frame);
	}

	private static TApplicationException refused(ThriftReply reply) {
		return ((ThriftReply.Refused) reply).exception();
	}

}
