package io.scalesrpc.spring.client.start;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import io.scalesrpc.client.ClientHandle;
import io.scalesrpc.client.ScalesClients;
import io.scalesrpc.spring.client.FirstCallMain;
import io.scalesrpc.spring.server.FixedArithmetic;
import io.scalesrpc.spring.test.ScriptedServer;
import io.scalesrpc.spring.testing.CalculatorServer;
import io.scalesrpc.spring.testing.Contexts;
import io.scalesrpc.test.calculator.Calculator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Clients that are warm before the application is ready.
 */
@ExtendWith(OutputCaptureExtension.class)
class WarmUpTests {

	@ParameterizedTest
	@ValueSource(strings = { "scales.clients.calculator", "scales.defaults" })
	void theClientIsConnectedAndNoServerHasSeenACall(String where) {
		try (ScriptedServer server = ScriptedServer.thriftMux(Calculator.class, new FixedArithmetic())) {
			Contexts.application()
				.withPropertyValues("scales.clients.calculator.uri=" + server.uri(), where + ".warm-up=true")
				.run((context) -> {
					assertThat(server.connections()).isEqualTo(1);
					assertThat(server.requests()).isZero();
				});
		}
	}

	@Test
	void aServerThatIsNotThereHoldsTheStartForALimitedTime(CapturedOutput output) {
		Contexts.application()
			.withPropertyValues("scales.clients.calculator.uri=tcp://localhost:1",
					"scales.clients.calculator.warm-up=true", "scales.clients.calculator.min-ready-timeout=100ms")
			.run((context) -> assertThat(context).hasNotFailed());
		assertThat(output).contains("scales.clients.calculator: 0 of 1 members are ready (1 wanted within 100 ms)");
	}

	@Test
	void clientsThatDoNotAskForItAreLeftAlone() {
		try (ScriptedServer server = ScriptedServer.thriftMux(Calculator.class, new FixedArithmetic())) {
			Contexts.application()
				.withPropertyValues("scales.clients.calculator.uri=" + server.uri())
				.run((context) -> assertThat(server.connections()).isZero());
		}
	}

	/**
	 * The first example of the README, in a process that is new: three of them, since the
	 * machine may be busy.
	 */
	@Test
	void theFirstCallOfAProcessIsAnsweredWithin30Milliseconds() throws Exception {
		try (CalculatorServer server = CalculatorServer.start();
				ClientHandle<Calculator.Iface> warm = ScalesClients.builder(Calculator.Iface.class)
					.name("warm")
					.uri(server.uri())
					.build()) {
			for (int i = 0; i < 200; i++) {
				warm.proxy().divide(84, 2);
			}
			List<String> said = new ArrayList<>();
			for (int i = 0; i < 3 && said.stream().noneMatch((line) -> line.contains("answered")); i++) {
				said.add(firstCall("--scales.defaults.timeout=500ms", "--scales.defaults.warm-up=true",
						"--scales.clients.calculator.uri=" + server.uri(),
						"--scales.clients.calculator.methods.divide.timeout=30ms"));
			}
			assertThat(said).anySatisfy((line) -> assertThat(line).startsWith("FIRST CALL answered"));
		}
	}

	private static String firstCall(String... properties) throws Exception {
		List<String> command = new ArrayList<>(
				List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp",
						System.getProperty("java.class.path"), FirstCallMain.class.getName()));
		command.addAll(List.of(properties));
		Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
		try {
			String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
			assertThat(process.waitFor(Duration.ofSeconds(30).toMillis(), TimeUnit.MILLISECONDS)).isTrue();
			return output.lines().filter((line) -> line.startsWith("FIRST CALL")).findFirst().orElse(output);
		}
		finally {
			process.destroyForcibly();
		}
	}

}
