package io.scalesrpc.thrift.connection;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.scalesrpc.mux.DtabEntry;
import io.scalesrpc.mux.finagle.Addressing;
import io.scalesrpc.thrift.ThriftEncoding;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class ThriftOptionsTests {

	private static final Addressing NOBODY = new Addressing("", "", List.of());

	@Test
	void withoutOptionsTheDefaultsHold() {
		assertThat(ThriftOptions.of(Map.of()))
			.isEqualTo(new ThriftOptions(ThriftTransport.FRAMED, ThriftEncoding.BINARY, false, "", false, NOBODY));
	}

	@Test
	void everyOptionIsRead() {
		assertThat(ThriftOptions
			.of(Map.of("transport", "buffered", "encoding", "json", "pipeline", "true", "service-name", "Prices")))
			.isEqualTo(new ThriftOptions(ThriftTransport.BUFFERED, ThriftEncoding.JSON, true, "Prices", false, NOBODY));
		assertThat(ThriftOptions
			.of(Map.of("upgrade", "true", "client-id", "shop", "dst", "/s/prices", "dtab", "/s => /t")))
			.isEqualTo(new ThriftOptions(ThriftTransport.FRAMED, ThriftEncoding.BINARY, false, "", true,
					new Addressing("shop", "/s/prices", List.of(new DtabEntry("/s", "/t")))));
	}

	@Test
	void whatIsNotRightIsRefusedByName() {
		assertRefused("ping", "1s",
				"option ping: not an option of thrift (expected: one of client-id, dst, dtab, encoding, ");
		assertRefused("transport", "http", "option transport: http (expected: one of [framed, buffered])");
		assertRefused("pipeline", "maybe", "option pipeline: maybe (expected: true or false)");
	}

	@Test
	void anUpgradeIsForFramesAndTheBinaryEncoding() {
		for (Map<String, String> other : List.of(Map.of("transport", "buffered"), Map.of("encoding", "compact"))) {
			Map<String, String> options = new HashMap<>(other);
			options.put("upgrade", "true");
			assertThatIllegalArgumentException().isThrownBy(() -> ThriftOptions.of(options))
				.withMessage("option upgrade: true (expected: false, or transport: framed and encoding: binary)");
		}
	}

	/** Finagle's servers have one service, and the probe has no name of one. */
	@Test
	void anUpgradeHasNoNameOfAService() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> ThriftOptions.of(Map.of("upgrade", "true", "service-name", "Prices")))
			.withMessage("option service-name: Prices (expected: none with upgrade: true)");
	}

	@Test
	void aPlainServerIsToldNothingOfWhoCalls() {
		assertRefused("client-id", "shop", "option client-id: shop (expected: none without upgrade: true)");
		assertRefused("dst", "/s/prices", "option dst: /s/prices (expected: none without upgrade: true)");
		assertThat(ThriftOptions.heeded(Map.of())).containsExactly("encoding", "pipeline", "service-name", "transport",
				"upgrade");
		assertThat(ThriftOptions.heeded(Map.of("upgrade", "true"))).contains("client-id", "dst", "dtab");
	}

	private static void assertRefused(String name, String value, String text) {
		assertThatIllegalArgumentException().isThrownBy(() -> ThriftOptions.of(Map.of(name, value)))
			.withMessageStartingWith(text);
	}

}
