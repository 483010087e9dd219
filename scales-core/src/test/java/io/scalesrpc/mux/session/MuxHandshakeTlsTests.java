package io.scalesrpc.mux.session;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLHandshakeException;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelPromise;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.ssl.SslHandler;
import io.scalesrpc.call.Failure;
import io.scalesrpc.call.FailureKind;
import io.scalesrpc.metrics.ClientMetrics;
import io.scalesrpc.mux.Halves;
import io.scalesrpc.mux.InitCodec;
import io.scalesrpc.mux.MuxFrame;
import io.scalesrpc.mux.MuxType;
import io.scalesrpc.mux.OpportunisticTls;
import io.scalesrpc.mux.RerrCodec;
import io.scalesrpc.testing.FakeTime;
import io.scalesrpc.transport.Connection;
import io.scalesrpc.transport.ConnectionFactory;
import io.scalesrpc.transport.TransportLimits;
import io.scalesrpc.transport.channel.ConnectAttempt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * How a session that wants TLS begins. The test is the server, and TLS.
 */
class MuxHandshakeTlsTests {

	private final FakeTime time = new FakeTime().mustEndEmpty();

	private final AtomicReference<Connection> opened = new AtomicReference<>();

	private final AtomicReference<Failure> failed = new AtomicReference<>();

	private final AtomicReference<ChannelPromise> tls = new AtomicReference<>();

	private final MuxSessionContext context = new MuxSessionContext(new TextCodec(), MuxSettings.DEFAULT,
			TransportLimits.DEFAULT, new ClientMetrics(new SimpleMeterRegistry(), "test", "mux"), this.time, this.time,
			new LongAdder());

	private final ConnectionFactory.Listener listener = new ConnectionFactory.Listener() {

		@Override
		public void opened(Connection connection) {
			assertThat(MuxHandshakeTlsTests.this.opened.getAndSet(connection)).isNull();
		}

		@Override
		public void failed(Failure failure) {
			assertThat(MuxHandshakeTlsTests.this.failed.getAndSet(failure)).isNull();
		}

	};

	private EmbeddedChannel channel = new EmbeddedChannel();

	@AfterEach
	void close() {
		this.channel.close();
		this.channel.finishAndReleaseAll();
	}

	private void connect(OpportunisticTls level) {
		this.channel.finish();
		SessionTls session = new SessionTls(level, (on) -> {
			this.tls.set(on.newPromise());
			return this.tls.get();
		});
		this.channel = new EmbeddedChannel(Halves.decoder(1024),
				new MuxHandshake(this.context, Duration.ofSeconds(1), new ConnectAttempt(this.listener), session));
		assertThat(sent()).isEqualTo("Rerr");
	}

	private void connectAndEcho(OpportunisticTls level) {
		connect(level);
		receive(RerrCodec.encode(this.channel.alloc(), MuxFrame.CONTROL_TAG, RerrCodec.MARKER));
		assertThat(sent()).isEqualTo("Tinit " + level.header());
	}

	private void receive(ByteBuf bytes) {
		this.channel.writeInbound(bytes);
		this.channel.runPendingTasks();
	}

	private ByteBuf rinit(Map<String, byte[]> headers) {
		return InitCodec.encode(this.channel.alloc(), MuxType.RINIT, MuxFrame.CONTROL_TAG, headers);
	}

	private ByteBuf rinit(OpportunisticTls level) {
		return rinit(InitCodec.headers(1024, level));
	}

	private ByteBuf ping() {
		return MuxFrame.empty(this.channel.alloc(), MuxType.RPING, MuxFrame.CONTROL_TAG);
	}

	private String sent() {
		this.channel.runPendingTasks();
		ByteBuf frame = this.channel.readOutbound();
		if (frame == null) {
			return "nothing";
		}
		frame.skipBytes(MuxFrame.LENGTH_BYTES);
		String text = MuxType.name(MuxFrame.type(frame));
		if (MuxFrame.type(frame) == MuxType.TINIT) {
			text += " " + InitCodec.tls(InitCodec.headers(frame)).header();
		}
		frame.release();
		return text;
	}

	private void assertRefused(String reason) {
		assertThat(this.opened.get()).isNull();
		assertThat(this.failed.get().kind()).isEqualTo(FailureKind.NOT_SENT);
		assertThat(this.failed.get().reason()).isEqualTo(reason);
		assertThat(this.channel.isOpen()).isFalse();
	}

	@Test
	void theSessionBeginsWhenTlsIsEstablishedAndNotBefore() {
		connectAndEcho(OpportunisticTls.REQUIRED);
		receive(rinit(OpportunisticTls.DESIRED));
		assertThat(this.tls.get()).isNotNull();
		assertThat(this.opened.get()).isNull();
		assertThat(sent()).isEqualTo("nothing");
		this.tls.get().setSuccess();
		this.channel.pipeline().fireChannelActive();
		assertThat(this.opened.get()).isNotNull();
		assertThat(sent()).isEqualTo("Tping");
	}

	@Test
	void twoThatDesireItSpeakIt() {
		connectAndEcho(OpportunisticTls.DESIRED);
		receive(rinit(OpportunisticTls.DESIRED));
		assertThat(this.tls.get()).isNotNull();
		assertThat(this.opened.get()).isNull();
	}

	@Test
	void whatOneDesiresAndTheOtherHasNotIsLeftOut() {
		connectAndEcho(OpportunisticTls.DESIRED);
		receive(rinit(OpportunisticTls.OFF));
		assertThat(this.tls.get()).isNull();
		assertThat(this.opened.get()).isNotNull();
	}

	/** What was agreed upon is binding: there is no way back to clear text. */
	@Test
	void whatWasDesiredAndFailsIsAFailure() {
		connectAndEcho(OpportunisticTls.DESIRED);
		receive(rinit(OpportunisticTls.DESIRED));
		this.tls.get().setFailure(new SSLHandshakeException("TLS handshake with 'x' failed: no"));
		this.channel.runPendingTasks();
		assertRefused("cannot connect: TLS handshake with 'x' failed: no");
		assertThat(sent()).isEqualTo("nothing");
	}

	@Test
	void tlsThatDoesNotEndIsGivenUpWithTheConnection() {
		connectAndEcho(OpportunisticTls.REQUIRED);
		receive(rinit(OpportunisticTls.REQUIRED));
		this.time.advance(Duration.ofSeconds(1));
		this.channel.runPendingTasks();
		assertThat(this.failed.get().reason()).startsWith("no connection within 1000 ms");
		assertThat(this.channel.isOpen()).isFalse();
	}

	@Test
	void framesBehindTheRinitAreNotTakenForAnswersInTls() {
		connectAndEcho(OpportunisticTls.DESIRED);
		receive(Unpooled.wrappedBuffer(rinit(OpportunisticTls.DESIRED), ping()));
		assertRefused("handshake failed: bytes in clear behind the Rinit (expected: TLS, as agreed)");
		assertThat(this.tls.get()).isNull();
	}

	@Test
	void aFirstPieceOfAFrameBehindTheRinitIsNotTakenForTheBeginningOfOneInTls() {
		connectAndEcho(OpportunisticTls.DESIRED);
		receive(Unpooled.wrappedBuffer(rinit(OpportunisticTls.DESIRED), Unpooled.wrappedBuffer(new byte[3])));
		assertRefused("handshake failed: bytes in clear behind the Rinit (expected: TLS, as agreed)");
	}

	@Test
	void whoRequiresItTakesNoServerThatSaysOff() {
		connectAndEcho(OpportunisticTls.REQUIRED);
		receive(rinit(OpportunisticTls.OFF));
		assertRefused("handshake failed: TLS of the server: off (expected: desired or required,"
				+ " because opportunistic-tls is required)");
	}

	@Test
	void whoRequiresItTakesNoServerThatSaysNothingOfIt() {
		connectAndEcho(OpportunisticTls.REQUIRED);
		receive(rinit(Map.of()));
		assertRefused("handshake failed: TLS of the server: off (expected: desired or required,"
				+ " because opportunistic-tls is required)");
	}

	@Test
	void whoHasNoneTakesNoServerThatRequiresIt() {
		connectAndEcho(OpportunisticTls.OFF);
		receive(rinit(OpportunisticTls.REQUIRED));
		assertRefused("handshake failed: TLS of the server: required (expected: off or desired,"
				+ " because opportunistic-tls is off)");
	}

	@Test
	void aServerThatKnowsNoTinitIsNotForWhoRequiresIt() {
		connect(OpportunisticTls.REQUIRED);
		receive(RerrCodec.encode(this.channel.alloc(), 1, "Unexpected mux message type 127"));
		assertRefused("handshake failed: the server does not negotiate, but said Rerr (expected: a server that"
				+ " negotiates TLS, because opportunistic-tls is required)");
	}

	@Test
	void aServerThatKnowsNoTinitIsSpokenToInClearByWhoDesiresIt() {
		connect(OpportunisticTls.DESIRED);
		receive(RerrCodec.encode(this.channel.alloc(), 1, "Unexpected mux message type 127"));
		assertThat(this.opened.get()).isNotNull();
	}

	@Test
	void aServerThatRefusesTheTinitIsNotForWhoRequiresIt() {
		connectAndEcho(OpportunisticTls.REQUIRED);
		receive(RerrCodec.encode(this.channel.alloc(), 1, "Unexpected mux message type 68"));
		assertRefused("handshake failed: the server refused Tinit: Unexpected mux message type 68");
	}

	@Test
	void aSilentServerIsNotAskedWhetherItSpeaksInClear() {
		connect(OpportunisticTls.REQUIRED);
		this.time.advance(Duration.ofMillis(500));
		assertThat(sent()).isEqualTo("nothing");
		this.time.advance(Duration.ofMillis(500));
		this.channel.runPendingTasks();
		assertRefused("no connection within 1000 ms (expected: a server that negotiates TLS,"
				+ " because opportunistic-tls is required)");
	}

	@Test
	void aServerThatHangsUpIsToldWithWhatWasExpected() {
		connect(OpportunisticTls.REQUIRED);
		this.channel.close();
		assertThat(this.failed.get().reason()).isEqualTo("connection closed during the handshake (expected: a server"
				+ " that negotiates TLS, because opportunistic-tls is required)");
	}

	@Test
	void aSessionThatIsEncryptedFromItsFirstByteAsksForNothing() throws Exception {
		connectAndEcho(OpportunisticTls.OFF);
		SSLEngine engine = SSLContext.getDefault().createSSLEngine();
		engine.setUseClientMode(false);
		this.channel.pipeline().addLast(new SslHandler(engine));
		receive(rinit(OpportunisticTls.REQUIRED));
		assertThat(this.opened.get()).isNotNull();
		this.channel.pipeline().remove(SslHandler.class);
	}

}
