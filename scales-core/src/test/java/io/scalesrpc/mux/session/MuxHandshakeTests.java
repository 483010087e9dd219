package io.scalesrpc.mux.session;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.scalesrpc.call.Failure;
import io.scalesrpc.call.FailureKind;
import io.scalesrpc.metrics.ClientMetrics;
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
 * How a session begins, with every kind of server. The test is the server.
 */
class MuxHandshakeTests {

	private static final SessionTls NO_TLS = new SessionTls(OpportunisticTls.OFF, (channel) -> {
		throw new AssertionError("TLS");
	});

	private final FakeTime time = new FakeTime().mustEndEmpty();

	private final AtomicReference<Connection> opened = new AtomicReference<>();

	private final AtomicReference<Failure> failed = new AtomicReference<>();

	private final MuxSessionContext context = new MuxSessionContext(new TextCodec(),
			new MuxSettings(Duration.ofSeconds(5), Duration.ofSeconds(4), 4096, OpportunisticTls.OFF),
			TransportLimits.DEFAULT, new ClientMetrics(new SimpleMeterRegistry(), "test", "mux"), this.time, this.time,
			new LongAdder());

	private final ConnectionFactory.Listener listener = new ConnectionFactory.Listener() {

		@Override
		public void opened(Connection connection) {
			assertThat(MuxHandshakeTests.this.opened.getAndSet(connection)).isNull();
		}

		@Override
		public void failed(Failure failure) {
			assertThat(MuxHandshakeTests.this.failed.getAndSet(failure)).isNull();
		}

	};

	private final ConnectionFactory.Listener ignoring = new ConnectionFactory.Listener() {

		@Override
		public void opened(Connection connection) {
			throw new AssertionError("opened");
		}

		@Override
		public void failed(Failure failure) {
			// closed by the test
		}

	};

	private final EmbeddedChannel channel = new EmbeddedChannel(
			new MuxHandshake(this.context, Duration.ofSeconds(1), new ConnectAttempt(this.listener), NO_TLS));

	@AfterEach
	void close() {
		this.channel.close();
		this.channel.finishAndReleaseAll();
	}

	private void receive(ByteBuf frame) {
		this.channel.writeInbound(frame);
		this.channel.runPendingTasks();
	}

	private void advance(Duration duration) {
		this.time.advance(duration);
		this.channel.runPendingTasks();
	}

	private String sent() {
		this.channel.runPendingTasks();
		ByteBuf frame = this.channel.readOutbound();
		if (frame == null) {
			return "nothing";
		}
		frame.skipBytes(MuxFrame.LENGTH_BYTES);
		String text = MuxType.name(MuxFrame.type(frame)) + " " + MuxFrame.tag(frame);
		frame.release();
		return text;
	}

	private ByteBuf marker() {
		return body(RerrCodec.encode(this.channel.alloc(), MuxFrame.CONTROL_TAG, RerrCodec.MARKER));
	}

	private ByteBuf rinit(Map<String, byte[]> headers) {
		return body(InitCodec.encode(this.channel.alloc(), MuxType.RINIT, MuxFrame.CONTROL_TAG, headers));
	}

	private static ByteBuf body(ByteBuf frame) {
		return frame.skipBytes(MuxFrame.LENGTH_BYTES);
	}

	@Test
	void aServerThatEchoesTheMarkerIsNegotiatedWith() {
		assertThat(sent()).isEqualTo("Rerr 1");
		receive(marker());
		assertThat(sent()).isEqualTo("Tinit 1");
		assertThat(this.opened.get()).isNull();
		receive(rinit(InitCodec.headers(1024, OpportunisticTls.OFF)));
		assertThat(this.opened.get()).isNotNull();
		assertThat(sent()).isEqualTo("Tping 1");
	}

	/** A ping before the marker would be taken for a session without negotiation. */
	@Test
	void nothingIsSentBeforeTlsIsThereHoweverLongItTakes() {
		AtomicReference<ChannelHandlerContext> tls = new AtomicReference<>();
		EmbeddedChannel late = new EmbeddedChannel(new ChannelInboundHandlerAdapter() {

			@Override
			public void channelActive(ChannelHandlerContext ctx) {
				tls.set(ctx);
			}

		}, new MuxHandshake(this.context, Duration.ofSeconds(1), new ConnectAttempt(this.ignoring), NO_TLS));
		advance(Duration.ofMillis(600));
		late.runPendingTasks();
		assertThat(late.outboundMessages()).isEmpty();
		tls.get().fireChannelActive();
		assertThat(late.outboundMessages()).hasSize(1);
		late.close();
		late.finishAndReleaseAll();
	}

	@Test
	void theTinitSaysHowLargeAPieceMayBe() {
		this.channel.releaseOutbound();
		receive(marker());
		ByteBuf tinit = this.channel.readOutbound();
		Map<String, byte[]> headers = InitCodec.headers(tinit.skipBytes(MuxFrame.LENGTH_BYTES));
		assertThat(InitCodec.fragmentLimit(headers)).isEqualTo(4096);
		assertThat(InitCodec.tls(headers)).isEqualTo(OpportunisticTls.OFF);
		tinit.release();
	}

	@Test
	void aServerThatKnowsNoTinitIsServedWithoutOne() {
		assertThat(sent()).isEqualTo("Rerr 1");
		receive(body(RerrCodec.encode(this.channel.alloc(), 1, "Unexpected mux message type 127")));
		assertThat(this.opened.get()).isNotNull();
		assertThat(sent()).isEqualTo("Tping 1");
		assertThat(this.channel.isOpen()).isTrue();
	}

	@Test
	void aServerThatIsSilentAboutTheMarkerIsAskedWithAPing() {
		assertThat(sent()).isEqualTo("Rerr 1");
		advance(Duration.ofMillis(500));
		assertThat(sent()).isEqualTo("Tping 1");
		receive(body(MuxFrame.empty(this.channel.alloc(), MuxType.RPING, 1)));
		assertThat(this.opened.get()).isNotNull();
	}

	@Test
	void aLateEchoAfterThePingStillNegotiates() {
		assertThat(sent()).isEqualTo("Rerr 1");
		advance(Duration.ofMillis(500));
		assertThat(sent()).isEqualTo("Tping 1");
		receive(marker());
		assertThat(sent()).isEqualTo("Tinit 1");
	}

	@Test
	void aSlowServerThatTookThePingForTheFirstMessageIsServedWithoutNegotiation() {
		slowServerEchoesThenAnswersThePing();
		receive(body(RerrCodec.encode(this.channel.alloc(), 1, "Unexpected mux message type 68")));
		assertThat(this.failed.get()).isNull();
		assertThat(this.opened.get()).isNotNull();
	}

	@Test
	void aSlowServerThatAnswersThePingAndNegotiatesIsNegotiatedWith() {
		slowServerEchoesThenAnswersThePing();
		receive(rinit(InitCodec.headers(1024, OpportunisticTls.OFF)));
		assertThat(this.opened.get()).isNotNull();
	}

	private void slowServerEchoesThenAnswersThePing() {
		advance(Duration.ofMillis(500));
		this.channel.releaseOutbound();
		receive(marker());
		assertThat(sent()).isEqualTo("Tinit 1");
		receive(body(MuxFrame.empty(this.channel.alloc(), MuxType.RPING, 1)));
		assertThat(this.failed.get()).isNull();
		assertThat(this.opened.get()).isNull();
	}

	@Test
	void aServerThatSaysNothingAtAllIsGivenUp() {
		advance(Duration.ofSeconds(1));
		assertThat(this.failed.get().kind()).isEqualTo(FailureKind.NOT_SENT);
		assertThat(this.failed.get().reason()).isEqualTo("no connection within 1000 ms");
		assertThat(this.channel.isOpen()).isFalse();
	}

	@Test
	void aServerThatStopsAfterTheEchoIsGivenUp() {
		receive(marker());
		advance(Duration.ofSeconds(1));
		assertThat(this.failed.get().reason()).isEqualTo("no connection within 1000 ms");
	}

	@Test
	void aServerThatRefusesTheTinitIsGivenUp() {
		receive(marker());
		receive(body(RerrCodec.encode(this.channel.alloc(), 1, "Unsupported Mux version: 1")));
		assertThat(this.failed.get().reason())
			.isEqualTo("handshake failed: the server refused Tinit: Unsupported Mux version: 1");
		assertThat(this.channel.isOpen()).isFalse();
	}

	@Test
	void anotherVersionIsNotTaken() {
		receive(marker());
		ByteBuf rinit = rinit(new LinkedHashMap<>());
		rinit.setShort(rinit.readerIndex() + MuxFrame.HEADER_BYTES, 2);
		receive(rinit);
		assertThat(this.failed.get().reason()).contains("expected: Rinit of version 1");
	}

	@Test
	void aPieceLimitOfZeroIsNotTaken() {
		receive(marker());
		receive(rinit(Map.of(InitCodec.FRAGMENT_LIMIT, new byte[4])));
		assertThat(this.failed.get().reason()).contains("mux-framer: 0");
	}

	@Test
	void aConnectionThatClosesDuringTheHandshakeFails() {
		this.channel.close();
		assertThat(this.failed.get().reason()).isEqualTo("connection closed during the handshake");
	}

}
