package io.scalesrpc.call;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.DayOfWeek;
import java.util.List;
import java.util.UUID;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** What of a routing key counts. */
class RoutingHashTests {

	/** Whatever changes it moves the keys of every client that is already there. */
	@Test
	void itIsTheSameInEveryProcessAndVersion() {
		assertThat(RoutingHash.ofText("")).isEqualTo(RoutingHash.mix(0xCBF29CE484222325L));
		// FNV-1a of "foobar" by its authors: 0x85944171f73967e8.
		assertThat(RoutingHash.ofText("foobar")).isEqualTo(RoutingHash.mix(0x85944171F73967E8L));
	}

	@Test
	void whatIsWrittenAlikeIsOneKey() {
		assertThat(List.of("7", 7, 7L, (short) 7, BigInteger.valueOf(7), '7', new StringBuilder("7"), bytes("7"),
				ByteBuffer.wrap(bytes("7"))))
			.extracting(RoutingHash::of)
			.containsOnly(RoutingHash.of("7"));
		UUID id = new UUID(1, 2);
		assertThat(RoutingHash.of(id)).isEqualTo(RoutingHash.of(id.toString()));
		assertThat(RoutingHash.of(DayOfWeek.MONDAY)).isEqualTo(RoutingHash.of("MONDAY"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "a", "stra\u00dfe", "a\u4e2d", "\ud83d\ude00" })
	void aTextIsItsBytesInUtf8(String text) {
		assertThat(RoutingHash.of(text)).isEqualTo(RoutingHash.of(bytes(text)));
	}

	@Test
	void bytesAreReadWithoutTakingThem() {
		ByteBuffer buffer = ByteBuffer.wrap(bytes("xaby"), 1, 2);
		assertThat(RoutingHash.of(buffer)).isEqualTo(RoutingHash.of("ab"));
		assertThat(buffer.remaining()).isEqualTo(2);
	}

	@Test
	void nothingIsNoKey() {
		assertThat(RoutingHash.of(null)).isEmpty();
		assertThat(RoutingHash.of("")).isEmpty();
		assertThat(RoutingHash.of(new byte[0])).isEmpty();
		assertThat(RoutingHash.of(ByteBuffer.allocate(0))).isEmpty();
	}

	@Test
	void aCallerSaysOne() {
		assertThat(CallOptions.NONE.withRoutingKey("7")).isEqualTo(CallOptions.NONE.withRoutingKey(7))
			.isEqualTo(CallOptions.NONE.withRoutingKey(bytes("7")));
		assertThatExceptionOfType(InvalidSettingException.class).isThrownBy(() -> CallOptions.NONE.withRoutingKey(" "))
			.withMessageStartingWith("routing-key: ");
		assertThatExceptionOfType(InvalidSettingException.class)
			.isThrownBy(() -> CallOptions.NONE.withRoutingKey(new byte[0]))
			.withMessage("routing-key: no bytes (expected: at least one)");
	}

	private static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

}
