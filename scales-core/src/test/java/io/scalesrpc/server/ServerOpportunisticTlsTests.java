package io.scalesrpc.server;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.scalesrpc.call.Context;
import io.scalesrpc.mux.InitCodec;
import io.scalesrpc.mux.MuxFrame;
import io.scalesrpc.mux.MuxType;
import io.scalesrpc.mux.OpportunisticTls;
import io.scalesrpc.mux.RerrCodec;
import io.scalesrpc.testing.Sockets;
import io.scalesrpc.testing.TestAuthority;
import io.scalesrpc.thrift.ThriftReply;
import io.scalesrpc.transport.TlsMaterial;
import io.scalesrpc.transport.TlsServerSettings;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What a server that agrees upon TLS says in clear, and what it takes in clear. */
@Sockets
class ServerOpportunisticTlsTests {

	private static final TlsServerSettings SETTINGS = TlsServerSettings
		.of(new TlsMaterial(null, new TestAuthority("Authority").certificate("localhost")));

	private static final String NO_AGREEMENT = "Could not negotiate whether to use TLS or not.. Remote Info:"
			+ " Not Available";

	private static PeerServer server(OpportunisticTls level) {
		return new PeerServer((builder) -> builder.tls(SETTINGS).opportunisticTls(level));
	}

	private static ByteBuf tinit(OpportunisticTls level) {
		return InitCodec.encode(UnpooledByteBufAllocator.DEFAULT, MuxType.TINIT, MuxFrame.CONTROL_TAG,
				InitCodec.headers(Integer.MAX_VALUE, level));
	}

	private static ByteBuf request(int tag) {
		return MuxProbe.request(tag, Context.empty(), "echo", "in clear");
	}

	private static void assertRefused(MuxProbe probe, int tag) {
		ByteBuf refusal = probe.read();
		assertThat(MuxProbe.describe(refusal)).isEqualTo("Rerr, tag " + tag);
		assertThat(RerrCodec.why(refusal)).isEqualTo(NO_AGREEMENT);
		assertThat(probe.isClosedByServer()).isTrue();
	}

	@Test
	void theRinitSaysWhatTheServerWants() {
		try (PeerServer peer = server(OpportunisticTls.DESIRED); MuxProbe probe = peer.connect()) {
			probe.write(MuxProbe.MARKER).read();
			ByteBuf rinit = probe.write(tinit(OpportunisticTls.OFF)).read();
			assertThat(InitCodec.tls(InitCodec.headers(rinit))).isEqualTo(OpportunisticTls.DESIRED);
			assertThat(probe.call(2, "echo", "clear").reply(2, "echo")).isEqualTo(new ThriftReply.Value("clear"));
		}
	}

	@Test
	void aClientWithoutTlsIsToldAfterTheRinitThatItIsRequired() {
		try (PeerServer peer = server(OpportunisticTls.REQUIRED); MuxProbe probe = peer.connect()) {
			probe.write(MuxProbe.MARKER).read();
			assertThat(MuxProbe.describe(probe.write(tinit(OpportunisticTls.OFF)).read())).isEqualTo("Rinit, tag 1");
			assertRefused(probe, 1);
		}
	}

	@Test
	void aClientThatDoesNotNegotiateIsNotServedWhereTlsIsRequired() {
		try (PeerServer peer = server(OpportunisticTls.REQUIRED); MuxProbe probe = peer.connect()) {
			probe.write(request(7));
			assertRefused(probe, 7);
			assertThat(peer.stats().requests()).isZero();
		}
	}

	@Test
	void aClientThatStopsAfterTheMarkerIsNotServedWhereTlsIsRequired() {
		try (PeerServer peer = server(OpportunisticTls.REQUIRED); MuxProbe probe = peer.connect()) {
			probe.write(MuxProbe.MARKER).read();
			probe.write(request(7));
			assertRefused(probe, 7);
			assertThat(peer.stats().requests()).isZero();
		}
	}

	@Test
	void nothingIsTakenInClearOnceTlsIsAgreedUpon() {
		try (PeerServer peer = server(OpportunisticTls.DESIRED); MuxProbe probe = peer.connect()) {
			probe.write(MuxProbe.MARKER).read();
			probe.write(tinit(OpportunisticTls.DESIRED)).read();
			probe.write(request(2));
			assertNothingIsServed(peer);
		}
	}

	@Test
	void whatComesTogetherWithTheTinitIsNotServed() {
		try (PeerServer peer = server(OpportunisticTls.DESIRED); MuxProbe probe = peer.connect()) {
			probe.write(MuxProbe.MARKER).read();
			probe.write(Unpooled.wrappedBuffer(tinit(OpportunisticTls.DESIRED), request(2)));
			assertNothingIsServed(peer);
		}
	}

	/** It would become the beginning of a request that comes through TLS. */
	@Test
	void aPieceOfARequestThatCameInClearIsNotKept() {
		try (PeerServer peer = server(OpportunisticTls.DESIRED); MuxProbe probe = peer.connect()) {
			String piece = ByteBufUtil.hexDump(request(2)).replaceFirst("02000002", "02800002");
			probe.write(piece).write(MuxProbe.MARKER).read();
			probe.write(tinit(OpportunisticTls.DESIRED));
			assertNothingIsServed(peer);
		}
	}

	private static void assertNothingIsServed(PeerServer peer) {
		PeerServer.await("end of the connection", () -> peer.stats().connections() == 0);
		assertThat(peer.stats().protocolErrors()).isEqualTo(1);
		assertThat(peer.stats().requests()).isZero();
	}

}
