package io.scalesrpc.thriftmux;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;

import io.scalesrpc.client.ClientHandle;
import io.scalesrpc.client.ScalesClients;
import io.scalesrpc.mux.DtabEntry;
import io.scalesrpc.mux.OpportunisticTls;
import io.scalesrpc.mux.session.MuxSettings;
import io.scalesrpc.server.ThriftMuxServer;
import io.scalesrpc.test.peer.PeerService;
import io.scalesrpc.testing.Sockets;
import io.scalesrpc.thrift.ThriftEncoding;
import org.apache.thrift.TException;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * What the options mean, and that they reach the wire.
 */
@Sockets
class ThriftMuxOptionsTests {

	@Test
	void withoutOptionsTheDefaultsHold() {
		assertThat(ThriftMuxOptions.of(Map.of()))
			.isEqualTo(new ThriftMuxOptions("", "", List.of(), ThriftEncoding.BINARY, MuxSettings.DEFAULT));
	}

	@Test
	void everyOptionIsRead() {
		ThriftMuxOptions options = ThriftMuxOptions.of(Map.of("client-id", "shop", "dst", "/s/echo", "dtab",
				"/s => /srv/local; /x => /y", "encoding", "compact", "ping-interval", "0s", "ping-timeout", "PT2S",
				"max-fragment-bytes", "4096", "opportunistic-tls", "required"));
		assertThat(options.clientId()).isEqualTo("shop");
		assertThat(options.destination()).isEqualTo("/s/echo");
		assertThat(options.dtab()).containsExactly(new DtabEntry("/s", "/srv/local"), new DtabEntry("/x", "/y"));
		assertThat(options.encoding()).isEqualTo(ThriftEncoding.COMPACT);
		assertThat(options.mux())
			.isEqualTo(new MuxSettings(Duration.ZERO, Duration.ofSeconds(2), 4096, OpportunisticTls.REQUIRED));
	}

	@Test
	void whatIsNotRightIsRefusedByName() {
		refused("clientid", "x", "option clientid: not an option of thriftmux (expected: one of client-id, ");
		refused("encoding", "xml", "option encoding: xml (expected: one of [binary, compact, json])");
		refused("ping-interval", "soon", "option ping-interval: soon (expected: a duration such as 5s or 500ms)");
		refused("max-fragment-bytes", "many", "option max-fragment-bytes: many (expected: a whole number)");
		refused("max-fragment-bytes", "1", "max-fragment-bytes: 1 (expected: >= 64)");
		refused("opportunistic-tls", "on", "option opportunistic-tls: on (expected: one of [off, desired, required])");
		refused("dtab", "s", "option dtab: s (expected: rules such as /s => /srv/local, separated by ;)");
	}

	/** YAML takes {@code off} for a truth value. */
	@Test
	void offMayBeWrittenAsYamlReadsIt() {
		assertThat(ThriftMuxOptions.of(Map.of("opportunistic-tls", "false")).mux().tls())
			.isEqualTo(OpportunisticTls.OFF);
		assertThat(ThriftMuxOptions.of(Map.of("opportunistic-tls", "off")).mux().tls()).isEqualTo(OpportunisticTls.OFF);
	}

	private static void refused(String name, String value, String text) {
		assertThatThrownBy(() -> ThriftMuxOptions.of(Map.of(name, value))).isInstanceOf(IllegalArgumentException.class)
			.hasMessageStartingWith(text);
	}

	@Test
	void compactMessagesAndTheDestinationReachTheServer() throws TException {
		AtomicReference<String> destination = new AtomicReference<>();
		try (PeerServer server = PeerServer
			.start(ThriftMuxServer.builder().port(0).encoding(ThriftEncoding.COMPACT).interceptor((call, handler) -> {
				destination.set(call.destination());
				handler.run();
			}));
				ClientHandle<PeerService.Iface> client = ScalesClients.builder(PeerService.Iface.class)
					.uri("tcp://localhost:" + server.port())
					.option("encoding", "compact")
					.option("dst", "/s/peer")
					.build()) {
			assertThat(client.proxy().echo("compact")).isEqualTo("compact");
			assertThat(destination).hasValue("/s/peer");
		}
	}

}
