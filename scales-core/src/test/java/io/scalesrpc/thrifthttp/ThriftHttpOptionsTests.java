package io.scalesrpc.thrifthttp;

import java.util.Map;

import io.scalesrpc.client.ScalesClients;
import io.scalesrpc.test.peer.PeerService;
import io.scalesrpc.testing.Sockets;
import io.scalesrpc.thrift.ThriftEncoding;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

@Sockets
class ThriftHttpOptionsTests {

	@Test
	void withoutOptionsTheDefaultsHold() {
		assertThat(ThriftHttpOptions.of(Map.of()))
			.isEqualTo(new ThriftHttpOptions("/", ThriftEncoding.BINARY, "", Map.of()));
	}

	@Test
	void whatIsHttpsIsLeftToHttp() {
		assertThat(ThriftHttpOptions.of(Map.of("path", "/rpc?v=1", "encoding", "json", "host", "shop", "version", "2",
				"service-name", "Prices")))
			.isEqualTo(new ThriftHttpOptions("/rpc?v=1", ThriftEncoding.JSON, "Prices",
					Map.of("host", "shop", "version", "2")));
		assertThat(new ThriftHttpProtocol().options(Map.of())).contains("path", "encoding", "host", "gzip", "version",
				"timeout-header", "attempt-header", "service-name", "max-head-size");
	}

	@ParameterizedTest
	@ValueSource(strings = { "rpc", "", "/a b", "/a#b", "/\u00e4", "http://shop/rpc", "/a\r\nX: y" })
	void aPathThatHttpCannotAskForIsRefused(String path) {
		assertThatIllegalArgumentException().isThrownBy(() -> ThriftHttpOptions.of(Map.of("path", path)))
			.withMessage("option path: " + path + " (expected: a path that begins with /, of visible ASCII but no #)");
	}

	/** As at the start of an application. */
	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			colour           | red  | option colour: not an option of thrift-http (expected: one of attempt-header, enc
			failure-statuses | 5xx  | option failure-statuses: not an option of thrift-http (expected: one of attempt-h
			transport        | framed | option transport: not an option of thrift-http (expected: one of attempt-header
			encoding         | xml  | option encoding: xml (expected: one of [binary, compact, json])
			path             | rpc  | option path: rpc (expected: a path that begins with /
			version          | 3    | option version: 3 (expected:
			gzip             | yes  | option gzip: yes (expected: true or false)
			timeout-header   | a b  | option timeout-header: a b (expected: the name of a header
			""")
	void aClientWithAnOptionThatIsNotRightIsNotBuilt(String name, String value, String text) {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> ScalesClients.builder(PeerService.Iface.class)
				.protocol("thrift-http")
				.uri("tcp://127.0.0.1:1")
				.option(name, value)
				.build())
			.withMessageStartingWith(text);
	}

}
