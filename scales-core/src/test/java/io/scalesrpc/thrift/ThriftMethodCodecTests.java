package io.scalesrpc.thrift;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Objects;

import io.scalesrpc.call.MethodCodec;
import io.scalesrpc.test.calculator.Calculator;
import io.scalesrpc.test.calculator.Everything;
import io.scalesrpc.test.peer.PeerService;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class ThriftMethodCodecTests {

	private static MethodCodec codec(Class<?> service, String method) {
		return Objects.requireNonNull(Objects.requireNonNull(ThriftService.of(service).method(method)).codec());
	}

	@Test
	void argumentsAndResultsOfEveryTypeComeBack() {
		MethodCodec everything = codec(Calculator.class, "everything");
		Everything value = Samples.everything();
		assertThat(everything.decodeResult(everything.encodeResult(value))).isEqualTo(value).isNotSameAs(value);
		assertThat(everything.decodeArguments(everything.encodeArguments(new Object[] { value })))
			.containsExactly(value);
		MethodCodec join = codec(Calculator.class, "join");
		assertThat(join.decodeArguments(join.encodeArguments(new Object[] { "a", null, 3 }))).containsExactly("a", null,
				3);
		MethodCodec bytes = codec(PeerService.class, "echoBytes");
		ByteBuffer buffer = ByteBuffer.wrap(new byte[] { 1, 2, 3 });
		assertThat(bytes.decodeArguments(bytes.encodeArguments(new Object[] { buffer }))).containsExactly(buffer);
		assertThat(bytes.decodeResult(bytes.encodeResult(buffer))).isEqualTo(buffer);
		assertThat(buffer.remaining()).isEqualTo(3);
	}

	@Test
	void equalArgumentsGiveEqualBytesAndOthersOtherBytes() {
		MethodCodec divide = codec(Calculator.class, "divide");
		byte[] once = divide.encodeArguments(new Object[] { 12, 4 });
		assertThat(divide.encodeArguments(new Object[] { 12, 4 })).isEqualTo(once);
		assertThat(divide.encodeArguments(new Object[] { 4, 12 })).isNotEqualTo(once);
	}

	@Test
	void whatIsNoResultOfTheMethodIsRefused() {
		MethodCodec divide = codec(Calculator.class, "divide");
		byte[] good = divide.encodeResult(3);
		byte[] ofAnother = codec(PeerService.class, "add").encodeResult(3);
		for (byte[] bad : new byte[][] { {}, { 1 }, ofAnother, Arrays.copyOf(good, good.length - 1),
				Arrays.copyOf(good, good.length + 1) }) {
			assertThatExceptionOfType(ThriftMessageException.class).isThrownBy(() -> divide.decodeResult(bad));
		}
	}

	@Test
	void aMethodWithoutResultHasNone() {
		for (String method : new String[] { "forget", "store_value", "ping" }) {
			assertThat(Objects.requireNonNull(ThriftService.of(Calculator.class).method(method)).codec()).as(method)
				.isNull();
		}
	}

}
