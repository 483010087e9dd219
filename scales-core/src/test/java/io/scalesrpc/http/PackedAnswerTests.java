package io.scalesrpc.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;

import io.scalesrpc.call.InternalCallException;
import io.scalesrpc.http.AnswerWays.Received;
import io.scalesrpc.testing.Sockets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** Compressed answers, with {@code gzip}: all of the body, or a failure that says why. */
@Sockets
class PackedAnswerTests {

	private static final byte[] TEXT = "hello ".repeat(500).getBytes(US_ASCII);

	private static byte[] gzip(byte[] bytes) throws IOException {
		ByteArrayOutputStream packed = new ByteArrayOutputStream();
		try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
			out.write(bytes);
		}
		return packed.toByteArray();
	}

	private static byte[] deflate(byte[] bytes, boolean bare) throws IOException {
		ByteArrayOutputStream packed = new ByteArrayOutputStream();
		Deflater deflater = new Deflater(6, bare);
		try (DeflaterOutputStream out = new DeflaterOutputStream(packed, deflater)) {
			out.write(bytes);
		}
		deflater.end();
		return packed.toByteArray();
	}

	private static byte[] without(int bytes, byte[] all) {
		return Arrays.copyOf(all, all.length - bytes);
	}

	private static Received ask(AnswerWays way, String encoding, byte[] packed) throws IOException {
		return way.ask("GET", packed, "content-encoding", encoding, "content-length", "" + packed.length);
	}

	private static void assertFails(AnswerWays way, String encoding, byte[] packed, String reason) throws IOException {
		if (way.streamed) {
			assertThat(ask(way, encoding, packed).failure()).hasMessageContaining(reason);
		}
		else {
			assertThatExceptionOfType(InternalCallException.class).isThrownBy(() -> ask(way, encoding, packed))
				.withMessageContaining("body that cannot be read: " + reason);
		}
	}

	@ParameterizedTest
	@EnumSource
	void whatIsWholeIsUnpackedAndItsHeadersSayWhatItIsNow(AnswerWays way) throws IOException {
		Received received = ask(way, "gzip", gzip(TEXT));
		assertThat(received.body()).isEqualTo(TEXT);
		assertThat(received.response().headers().size()).isZero();
	}

	@ParameterizedTest
	@EnumSource
	void aBodyThatBreaksOffIsAFailure(AnswerWays way) throws IOException {
		assertFails(way, "gzip", without(12, gzip(TEXT)), "packed body that breaks off");
		assertFails(way, "gzip", Arrays.copyOf(gzip(TEXT), 3), "packed body that breaks off");
		assertFails(way, "deflate", without(6, deflate(TEXT, false)), "packed body that breaks off");
	}

	@ParameterizedTest
	@EnumSource
	void whatIsNotPackedAsItSaysIsAFailure(AnswerWays way) throws IOException {
		assertFails(way, "gzip", "plain".getBytes(US_ASCII), "gzip: byte 112 at 0 of the head");
		byte[] behind = Arrays.copyOf(gzip(TEXT), gzip(TEXT).length + 5);
		Arrays.fill(behind, behind.length - 5, behind.length, (byte) 'x');
		assertFails(way, "gzip", behind, "gzip: byte 120 at 0 of the head");
	}

	/** As gzip itself reads it. */
	@ParameterizedTest
	@EnumSource
	void zerosBehindTheLastMemberArePassedOver(AnswerWays way) throws IOException {
		assertThat(ask(way, "gzip", Arrays.copyOf(gzip(TEXT), gzip(TEXT).length + 8)).body()).isEqualTo(TEXT);
	}

	@ParameterizedTest
	@EnumSource
	void noneLosesItsTail(AnswerWays way) throws IOException {
		for (int length : new int[] { 100, 8192, 8193, 32_769, 65_536, 65_537, 100_000 }) {
			byte[] bytes = new byte[length];
			Arrays.fill(bytes, (byte) 'a');
			assertThat(ask(way, "deflate", deflate(bytes, true)).body()).hasSize(length);
			assertThat(ask(way, "deflate", deflate(bytes, false)).body()).hasSize(length);
			assertThat(ask(way, "gzip", gzip(bytes)).body()).hasSize(length);
		}
	}

	@ParameterizedTest
	@EnumSource
	void theAnswerToAHeadKeepsItsHeaders(AnswerWays way) throws IOException {
		HttpFields headers = way.ask("HEAD", new byte[0], "content-length", "1000", "content-encoding", "gzip")
			.response()
			.headers();
		assertThat(headers.first("content-length")).isEqualTo("1000");
		assertThat(headers.first("content-encoding")).isEqualTo("gzip");
	}

	/** Of HTTP/1.1 alone: where a body that is packed on its way is unpacked, too. */
	@ParameterizedTest
	@EnumSource(names = { "HTTP_1_WHOLE", "HTTP_1_STREAMED" })
	void aTransferEncodingIsNotHandedOn(AnswerWays way) throws IOException {
		try (RawHttpServer server = new RawHttpServer((peer) -> {
			peer.next();
			peer.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip\r\n\r\n");
			peer.send(gzip(TEXT));
		})) {
			Received received = way.ask(server.port(), "GET");
			assertThat(received.body()).isEqualTo(TEXT);
			assertThat(received.response().headers().size()).isZero();
		}
		byte[] chunk = gzip(TEXT);
		try (RawHttpServer server = new RawHttpServer((peer) -> {
			peer.next();
			peer.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n" + Integer.toHexString(chunk.length)
					+ "\r\n");
			peer.send(chunk);
			peer.send("\r\n0\r\n\r\n");
			peer.awaitEnd();
		})) {
			assertThat(way.ask(server.port(), "GET").body()).isEqualTo(TEXT);
		}
	}

}
