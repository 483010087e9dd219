package io.scalesrpc.spring.test;

import java.time.Duration;

import io.scalesrpc.call.CallTimeoutException;
import io.scalesrpc.call.ScalesException;
import io.scalesrpc.client.ClientBuilder;
import io.scalesrpc.client.ClientHandle;
import io.scalesrpc.client.ScalesClients;
import io.scalesrpc.spring.server.FixedArithmetic;
import io.scalesrpc.test.calculator.Calculator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Servers that do what a test says, without Spring.
 */
class ScriptedServerTests {

	private static ScriptedServer server(String protocol) {
		return protocol.equals("thrift") ? ScriptedServer.thrift(Calculator.class, new FixedArithmetic())
				: ScriptedServer.thriftMux(Calculator.class, new FixedArithmetic());
	}

	private static ClientHandle<Calculator.Iface> client(String protocol, ScriptedServer server) {
		ClientBuilder<Calculator.Iface> builder = ScalesClients.builder(Calculator.Iface.class)
			.name("calculator")
			.protocol(protocol)
			.uri(server.uri())
			.timeout(Duration.ofSeconds(10))
			.closeGrace(Duration.ZERO);
		return builder.methodTimeout("truth", Duration.ofMillis(200)).build();
	}

	@ParameterizedTest
	@ValueSource(strings = { "thriftmux", "thrift" })
	void itAnswersUnlessItIsToldOtherwise(String protocol) throws Exception {
		try (ScriptedServer server = server(protocol);
				ClientHandle<Calculator.Iface> client = client(protocol, server)) {
			assertThat(client.proxy().divide(84, 2)).isEqualTo(42);
			server.next(Act.delay(Duration.ofMillis(30)), Act.late(Duration.ofMillis(30)));
			long start = System.nanoTime();
			assertThat(client.proxy().divide(84, 2)).isEqualTo(42);
			assertThat(client.proxy().divide(84, 2)).isEqualTo(42);
			assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofMillis(60));
			assertThat(server.requests()).isEqualTo(3);
			server.reset();
			assertThat(server.requests()).isZero();
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "thriftmux", "thrift" })
	void silenceIsATimeoutAndTheNextCallIsAnswered(String protocol) throws Exception {
		try (ScriptedServer server = server(protocol);
				ClientHandle<Calculator.Iface> client = client(protocol, server)) {
			client.proxy().ping();
			server.next(Act.SILENCE);
			assertThatExceptionOfType(CallTimeoutException.class).isThrownBy(() -> client.proxy().truth(true));
			assertThat(client.proxy().divide(84, 2)).isEqualTo(42);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "thriftmux", "thrift" })
	void aConnectionThatEndsOrMakesNoSenseIsReplaced(String protocol) throws Exception {
		try (ScriptedServer server = server(protocol);
				ClientHandle<Calculator.Iface> client = client(protocol, server)) {
			client.proxy().ping();
			for (Act act : new Act[] { Act.DROP, Act.GARBAGE }) {
				server.next(act);
				assertThatExceptionOfType(ScalesException.class).as("%s", act)
					.isThrownBy(() -> client.proxy().truth(true));
				assertThat(client.proxy().divide(84, 2)).isEqualTo(42);
			}
			assertThat(server.connections()).isGreaterThanOrEqualTo(3);
		}
	}

}
