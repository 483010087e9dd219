package io.scalesrpc.spring.client;

import java.time.Duration;
import java.util.Map;

import io.scalesrpc.client.ClientSettings;
import io.scalesrpc.hedging.HedgingSettings;
import io.scalesrpc.spring.endpoint.ScalesEndpoint;
import io.scalesrpc.spring.endpoint.ScalesEndpointAutoConfiguration;
import io.scalesrpc.spring.endpoint.SettingDescriptor;
import io.scalesrpc.spring.testing.Contexts;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Hedging from properties to the client and what operators see.
 */
class HedgingConfigurationTests {

	private final ApplicationContextRunner runner = Contexts.application()
		.withConfiguration(AutoConfigurations.of(ScalesEndpointAutoConfiguration.class))
		.withPropertyValues("management.endpoints.web.exposure.include=scales",
				"scales.clients.calculator.uri=tcp://localhost:1");

	private static ClientSettings client(ApplicationContext context) {
		return context.getBean(ScalesClientRegistry.class).client("calculator").view().settings();
	}

	private static Map<String, SettingDescriptor> shown(ApplicationContext context) {
		return context.getBean(ScalesEndpoint.class).client("calculator", true).settings();
	}

	@Test
	void itIsOffUnlessSomebodySwitchesItOn() {
		this.runner.run((context) -> {
			assertThat(client(context).options().get(HedgingSettings.KEY)).isEqualTo(HedgingSettings.OFF);
			assertThat(shown(context)).containsEntry("hedging.enabled", new SettingDescriptor("false", null, null))
				.doesNotContainKey("hedging.max-extra-load");
		});
	}

	@Test
	void aMethodHasWhatItDoesNotSayFromItsClientAndTheDefaults() {
		this.runner
			.withPropertyValues("scales.defaults.hedging.enabled=true", "scales.defaults.hedging.max-delay=500ms",
					"scales.clients.calculator.hedging.min-delay=3ms",
					"scales.clients.calculator.methods.divide.idempotent=true",
					"scales.clients.calculator.methods.divide.hedging.max-extra-load=0.05")
			.run((context) -> {
				HedgingSettings ofAll = HedgingSettings.DEFAULT.withDelays(Duration.ofMillis(3),
						Duration.ofMillis(500));
				ClientSettings settings = client(context);
				assertThat(settings.options().get(HedgingSettings.KEY)).isEqualTo(ofAll);
				assertThat(settings.methodOptions().get("divide").get(HedgingSettings.KEY))
					.isEqualTo(ofAll.withMaxExtraLoad(0.05));
				assertThat(shown(context).get("methods.divide.hedging.min-delay"))
					.extracting(SettingDescriptor::value, SettingDescriptor::property)
					.containsExactly("3ms", "scales.clients.calculator.hedging.min-delay");
				assertThat(shown(context).get("hedging.max-extra-load").value()).isEqualTo("0.01");
			});
	}

	@Test
	void theDefaultsMayBeMeantForOtherClients() {
		this.runner.withPropertyValues("scales.defaults.hedging.enabled=true")
			.run((context) -> assertThat(client(context).options().get(HedgingSettings.KEY).enabled()).isFalse());
	}

	@Test
	void aMethodMayBeExempt() {
		this.runner
			.withPropertyValues("scales.clients.calculator.hedging.enabled=true",
					"scales.clients.calculator.idempotent=true",
					"scales.clients.calculator.methods.divide.hedging.enabled=false")
			.run((context) -> {
				ClientSettings settings = client(context);
				assertThat(settings.options().get(HedgingSettings.KEY).enabled()).isTrue();
				assertThat(settings.methodOptions().get("divide").get(HedgingSettings.KEY).enabled()).isFalse();
			});
	}

	@Test
	void settingsOfAClientMayBeForAMethodAlone() {
		this.runner
			.withPropertyValues("scales.clients.calculator.hedging.max-extra-load=0.02",
					"scales.clients.calculator.methods.divide.idempotent=true",
					"scales.clients.calculator.methods.divide.hedging.enabled=true")
			.run((context) -> {
				ClientSettings settings = client(context);
				assertThat(settings.options().get(HedgingSettings.KEY).enabled()).isFalse();
				assertThat(settings.methodOptions().get("divide").get(HedgingSettings.KEY))
					.isEqualTo(HedgingSettings.DEFAULT.withMaxExtraLoad(0.02));
			});
	}

}
