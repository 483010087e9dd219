package io.scalesrpc.thrift.connection;

import java.util.Map;

import io.scalesrpc.thrift.ThriftEncoding;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class ThriftOptionsTests {

	@Test
	void withoutOptionsTheDefaultsHold() {
		assertThat(ThriftOptions.of(Map.of()))
			.isEqualTo(new ThriftOptions(ThriftTransport.FRAMED, ThriftEncoding.BINARY, false));
	}

	@Test
	void everyOptionIsRead() {
		assertThat(ThriftOptions.of(Map.of("transport", "buffered", "encoding", "json", "pipeline", "true")))
			.isEqualTo(new ThriftOptions(ThriftTransport.BUFFERED, ThriftEncoding.JSON, true));
	}

	@Test
	void whatIsNotRightIsRefusedByName() {
		assertRefused("dtab", "/a", "option dtab: not an option of thrift (expected: one of encoding, pipeline, ");
		assertRefused("transport", "http", "option transport: http (expected: one of [framed, buffered])");
		assertRefused("pipeline", "maybe", "option pipeline: maybe (expected: true or false)");
	}

	private static void assertRefused(String name, String value, String text) {
		assertThatIllegalArgumentException().isThrownBy(() -> ThriftOptions.of(Map.of(name, value)))
			.withMessageStartingWith(text);
	}

}
