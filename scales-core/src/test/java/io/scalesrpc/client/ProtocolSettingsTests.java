package io.scalesrpc.client;

import java.lang.reflect.Method;
import java.time.Duration;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;

import io.scalesrpc.http.HttpSettings;
import io.scalesrpc.http.ScalesHttpClient;
import io.scalesrpc.http.protocol.HttpProtocol;
import io.scalesrpc.mux.OpportunisticTls;
import io.scalesrpc.protocol.Protocol;
import io.scalesrpc.protocol.ProtocolSettings;
import io.scalesrpc.test.calculator.Calculator;
import io.scalesrpc.testing.Sockets;
import io.scalesrpc.thrift.ThriftEncoding;
import io.scalesrpc.thrift.connection.ThriftProtocol;
import io.scalesrpc.thrift.connection.ThriftSettings;
import io.scalesrpc.thrift.connection.ThriftTransport;
import io.scalesrpc.thrifthttp.ThriftHttpProtocol;
import io.scalesrpc.thrifthttp.ThriftHttpSettings;
import io.scalesrpc.thriftmux.ThriftMuxProtocol;
import io.scalesrpc.thriftmux.ThriftMuxSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/** Protocols with settings that have types. */
@Sockets
class ProtocolSettingsTests {

	static Stream<Arguments> protocols() {
		return Stream.of(Arguments.of(ThriftMuxSettings.DEFAULT, new ThriftMuxProtocol()),
				Arguments.of(ThriftSettings.DEFAULT, new ThriftProtocol()),
				Arguments.of(HttpSettings.DEFAULT, new HttpProtocol()),
				Arguments.of(ThriftHttpSettings.DEFAULT, new ThriftHttpProtocol()));
	}

	@ParameterizedTest
	@MethodSource("protocols")
	void thereIsAWitherForEveryOptionOfTheProtocol(ProtocolSettings none, Protocol protocol) throws Exception {
		assertThat(none.protocol()).isEqualTo(protocol.name());
		assertThat(none.options()).isEmpty();
		Map<String, String> all = all(none).options();
		assertThat(new TreeSet<>(all.keySet())).isEqualTo(new TreeSet<>(protocol.options(all)));
	}

	private static ProtocolSettings all(ProtocolSettings settings) throws ReflectiveOperationException {
		ProtocolSettings all = settings;
		for (Method method : settings.getClass().getMethods()) {
			if (method.getName().startsWith("with")) {
				all = (ProtocolSettings) method.invoke(all, sample(method.getParameterTypes()[0]));
			}
		}
		return all;
	}

	private static Object sample(Class<?> type) {
		if (type.isEnum()) {
			return type.getEnumConstants()[0];
		}
		return (type == int.class) ? (Object) 4096
				: (type == boolean.class) ? (Object) true : (type == Duration.class) ? Duration.ofSeconds(7) : "x";
	}

	@Test
	void aClientHasThem() {
		ThriftMuxSettings settings = ThriftMuxSettings.DEFAULT.withClientId("shop")
			.withPingInterval(Duration.ofMillis(1500))
			.withOpportunisticTls(OpportunisticTls.OFF)
			.withEncoding(ThriftEncoding.COMPACT);
		try (ClientHandle<Calculator.Iface> handle = ScalesClients.builder(Calculator.Iface.class)
			.protocol(settings)
			.uri("tcp://localhost:1")
			.build()) {
			assertThat(handle.protocol()).isEqualTo("thriftmux");
			assertThat(handle.view().settings().protocolOptions()).isEqualTo(Map.of("client-id", "shop",
					"ping-interval", "PT1.5S", "opportunistic-tls", "off", "encoding", "compact"));
		}
		try (ClientHandle<Calculator.Iface> handle = ScalesClients.builder(Calculator.Iface.class)
			.protocol(ThriftSettings.DEFAULT.withTransport(ThriftTransport.BUFFERED).withPipeline(true))
			.uri("tcp://localhost:1")
			.build()) {
			assertThat(handle.protocol()).isEqualTo("thrift");
		}
	}

	@Test
	void whatIsNotRightIsRefusedWhenTheClientIsBuilt() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> ScalesClients.builder(ScalesHttpClient.class)
				.protocol(HttpSettings.DEFAULT.withVersion("3"))
				.uri("tcp://localhost:1")
				.build())
			.withMessageContaining("option version: 3 (expected: 1.1 or 2)");
	}

}
