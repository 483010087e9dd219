package io.scalesrpc.spring.client;

import io.scalesrpc.client.ClientResources;
import io.scalesrpc.spring.ScalesConfigurationException;
import io.scalesrpc.spring.endpoint.ScalesEndpoint;
import io.scalesrpc.spring.endpoint.ScalesEndpointAutoConfiguration;
import io.scalesrpc.spring.testing.Contexts;
import io.scalesrpc.transport.Transport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

/** {@code scales.transport}. */
class TransportSettingTests {

	private final ApplicationContextRunner application = Contexts.application()
		.withConfiguration(AutoConfigurations.of(ScalesEndpointAutoConfiguration.class))
		.withPropertyValues("scales.clients.calculator.uri=tcp://localhost:1",
				"management.endpoints.web.exposure.include=scales");

	@Test
	void aTransportIsTakenAndShown() {
		this.application.withPropertyValues("scales.transport=nio").run((context) -> {
			assertThat(context.getBean(ClientResources.class).transport()).isEqualTo(Transport.NIO);
			assertThat(context.getBean(ScalesEndpoint.class).overview(null).transport()).isEqualTo("nio");
		});
	}

	@Test
	void withoutOneTheEndpointShowsWhatAutoHasComeTo() {
		this.application.run((context) -> assertThat(context.getBean(ScalesEndpoint.class).overview(null).transport())
			.isIn("epoll", "kqueue", "nio"));
	}

	@Test
	@EnabledOnOs(OS.LINUX)
	void oneOfAnotherSystemStopsTheStartAndSaysWhichThereAre() {
		this.application.withPropertyValues("scales.transport=kqueue").run((context) -> {
			assertThat(context).hasFailed();
			assertThat(context.getStartupFailure()).rootCause()
				.hasMessageContaining("transport: kqueue (expected: auto, ");
			ScalesConfigurationException refused = refusal(context.getStartupFailure());
			assertThat(refused).hasMessageStartingWith("Scales connections: transport: kqueue (expected: auto, ")
				.hasMessageEndingWith("; kqueue is of macOS)");
			assertThat(refused.setting()).isNotNull()
				.satisfies((setting) -> assertThat(setting.property()).isEqualTo("scales.transport"));
			assertThat(ScalesConfigurationException.text(refused)).endsWith("Remove 'scales.transport'.");
		});
	}

	@Test
	@EnabledOnOs(OS.LINUX)
	void oneWhoseLibraryIsMissingSaysWhichToAdd() {
		this.application.withPropertyValues("scales.transport=io-uring").run((context) -> {
			if (context.getStartupFailure() != null) {
				assertThat(ScalesConfigurationException.text(refusal(context.getStartupFailure())))
					.contains("Add the dependency io.netty:netty-transport-native-io_uring with classifier linux-");
			}
			else {
				assertThat(context.getBean(ClientResources.class).transport()).isEqualTo(Transport.IO_URING);
			}
		});
	}

	@Test
	void theApplicationsOwnThreadsHaveATransportAlready() {
		ClientResources own = ClientResources.create(1, Transport.NIO);
		this.application.withBean(ClientResources.class, () -> own)
			.withPropertyValues("scales.transport=nio")
			.run((context) -> assertThat(context).hasNotFailed());
		ClientResources other = ClientResources.create(1, Transport.NIO);
		this.application.withBean(ClientResources.class, () -> other)
			.withPropertyValues("scales.transport=epoll")
			.run((context) -> {
				assertThat(context).hasFailed();
				assertThat(ScalesConfigurationException.text(refusal(context.getStartupFailure()))).contains(
						"transport: epoll (expected: nio, which the application's own bean ClientResources has)",
						"or have the bean made by ClientResources.create(Transport).");
			});
		other.close();
	}

	private static ScalesConfigurationException refusal(Throwable failure) {
		for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
			if (cause instanceof ScalesConfigurationException refused) {
				return refused;
			}
		}
		throw new AssertionError("not refused", failure);
	}

}
