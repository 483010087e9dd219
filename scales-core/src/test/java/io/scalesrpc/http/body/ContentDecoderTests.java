package io.scalesrpc.http.body;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

class ContentDecoderTests {

	private static final byte[] TEXT = text();

	private static byte[] text() {
		byte[] text = new byte[100_000];
		Random random = new Random(20261121);
		for (int i = 0; i < text.length; i++) {
			text[i] = (byte) ('a' + random.nextInt(7));
		}
		return text;
	}

	private static byte[] gzip(byte[] bytes) throws IOException {
		ByteArrayOutputStream packed = new ByteArrayOutputStream();
		try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
			gzip.write(bytes);
		}
		return packed.toByteArray();
	}

	private static byte[] deflate(byte[] bytes, boolean bare) throws IOException {
		ByteArrayOutputStream packed = new ByteArrayOutputStream();
		Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, bare);
		try (DeflaterOutputStream out = new DeflaterOutputStream(packed, deflater)) {
			out.write(bytes);
		}
		deflater.end();
		return packed.toByteArray();
	}

	/** Unpacks what comes in pieces of a length. */
	private static byte[] unpack(ContentEncoding contentEncoding, byte[] packed, int length) throws IOException {
		BodyBuffer bodyBuffer = new BodyBuffer(contentEncoding);
		ByteArrayOutputStream unpacked = new ByteArrayOutputStream();
		try {
			for (int i = 0; i < packed.length; i += length) {
				bodyBuffer.add(Arrays.copyOfRange(packed, i, Math.min(packed.length, i + length)));
				while (bodyBuffer.isReady()) {
					ByteBuffer part = bodyBuffer.take();
					assertThat(part.remaining()).isBetween(1, ContentDecoder.PART_BYTES);
					unpacked.write(part.array(), part.position(), part.remaining());
				}
			}
			bodyBuffer.end();
		}
		finally {
			bodyBuffer.clear();
		}
		return unpacked.toByteArray();
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 7, 1000, 1_000_000 })
	void itMayComeInPiecesOfAnyLength(int length) throws IOException {
		assertThat(unpack(ContentEncoding.GZIP, gzip(TEXT), length)).isEqualTo(TEXT);
		assertThat(unpack(ContentEncoding.DEFLATE, deflate(TEXT, false), length)).isEqualTo(TEXT);
		assertThat(unpack(ContentEncoding.DEFLATE, deflate(TEXT, true), length)).isEqualTo(TEXT);
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 1000 })
	void aHeadMayHaveEverythingThatThereIs(int length) throws IOException {
		byte[] plain = gzip(TEXT);
		ByteArrayOutputStream packed = new ByteArrayOutputStream();
		packed.write(new byte[] { 0x1F, (byte) 0x8B, 8, 0x1F, 1, 2, 3, 4, 0, 3 });
		packed.write(new byte[] { 3, 0, 'x', 0, 'z' });
		packed.write(new byte[] { 'n', 'a', 'm', 'e', 0, 0, 99, 98 });
		packed.write(plain, 10, plain.length - 10);
		assertThat(unpack(ContentEncoding.GZIP, packed.toByteArray(), length)).isEqualTo(TEXT);
	}

	@Test
	void severalMembersAreOneBody() throws IOException {
		ByteArrayOutputStream packed = new ByteArrayOutputStream();
		packed.write(gzip(new byte[] { 1, 2 }));
		packed.write(gzip(new byte[0]));
		packed.write(gzip(new byte[] { 3 }));
		assertThat(unpack(ContentEncoding.GZIP, packed.toByteArray(), 5)).containsExactly(1, 2, 3);
	}

	@Test
	void nothingAtAllIsAnEmptyBody() throws IOException {
		assertThat(unpack(ContentEncoding.GZIP, new byte[0], 1)).isEmpty();
		assertThat(unpack(ContentEncoding.DEFLATE, new byte[0], 1)).isEmpty();
	}

	@Test
	void whatBreaksOffIsNotTheEnd() throws IOException {
		for (byte[] packed : new byte[][] { gzip(TEXT) }) {
			for (int length : new int[] { 1, 9, 10, 500, packed.length - 8, packed.length - 1 }) {
				byte[] beginning = Arrays.copyOf(packed, length);
				assertThatIOException().isThrownBy(() -> unpack(ContentEncoding.GZIP, beginning, 100))
					.withMessage("packed body that breaks off");
			}
		}
		byte[] deflated = deflate(TEXT, false);
		assertThatIOException()
			.isThrownBy(() -> unpack(ContentEncoding.DEFLATE, Arrays.copyOf(deflated, deflated.length - 1), 100));
	}

	@Test
	void whatWasChangedOnTheWayIsAnError() throws IOException {
		byte[] packed = gzip(TEXT);
		for (int position : new int[] { 0, 1, 2, 500, packed.length - 8, packed.length - 1 }) {
			byte[] changed = packed.clone();
			changed[position] ^= 0x55;
			assertThatIOException().isThrownBy(() -> unpack(ContentEncoding.GZIP, changed, 100));
		}
		byte[] more = Arrays.copyOf(deflate(TEXT, false), deflate(TEXT, false).length + 1);
		assertThatIOException().isThrownBy(() -> unpack(ContentEncoding.DEFLATE, more, 100))
			.withMessage("packed body that makes no sense: bytes after its end");
	}

	@Test
	void noMoreIsUnpackedThanIsTaken() throws IOException {
		byte[] packed = gzip(new byte[100_000_000]);
		assertThat(packed.length).isLessThan(200_000);
		ContentDecoder contentDecoder = new ContentDecoder(ContentEncoding.GZIP);
		contentDecoder.input(ByteBuffer.wrap(packed));
		assertThat(contentDecoder.next().remaining()).isEqualTo(ContentDecoder.PART_BYTES);
		assertThat(contentDecoder.isComplete()).isFalse();
		contentDecoder.close();
	}

	@Test
	void headersSayHowABodyIsPacked() {
		assertThat(ContentEncoding.of("GZip ")).isEqualTo(ContentEncoding.GZIP);
		assertThat(ContentEncoding.of("x-deflate")).isEqualTo(ContentEncoding.DEFLATE);
		assertThat(ContentEncoding.of("br")).isEqualTo(ContentEncoding.NONE);
		assertThat(ContentEncoding.of(null)).isEqualTo(ContentEncoding.NONE);
	}

}
