package io.scalesrpc.spring.observation;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.micrometer.common.KeyValue;
import io.micrometer.common.KeyValues;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import io.scalesrpc.observation.DefaultScalesClientObservationConvention;
import io.scalesrpc.observation.ScalesClientObservationContext;
import io.scalesrpc.observation.ScalesClientObservationConvention;
import io.scalesrpc.server.ObservingInterceptor;
import io.scalesrpc.spring.app.CalculatorClient;
import io.scalesrpc.spring.testing.CalculatorServer;
import io.scalesrpc.spring.testing.Contexts;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.export.simple.SimpleMetricsExportAutoConfiguration;
import org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Calls are told to the application's registry of observations.
 */
class ScalesObservationTests {

	private final CalculatorServer server = CalculatorServer.start();

	private final Recorder recorder = new Recorder();

	private ApplicationContextRunner application;

	@BeforeEach
	void prepare() {
		this.application = Contexts.application()
			.withConfiguration(
					AutoConfigurations.of(ScalesObservationAutoConfiguration.class, ObservationAutoConfiguration.class))
			.withBean(Recorder.class, () -> this.recorder)
			.withPropertyValues("scales.clients.calculator.uri=" + this.server.uri());
	}

	@AfterEach
	void stopServer() {
		this.server.close();
	}

	private static void call(AssertableApplicationContext context) throws Exception {
		context.getBean(CalculatorClient.class).divide(4, 2);
	}

	private List<String> names() {
		return this.recorder.contexts.stream().map((context) -> String.valueOf(context.getName())).toList();
	}

	@Test
	void aCallIsObservedBelowWhatItsCallerDoes() {
		this.application.run((context) -> {
			Observation around = Observation.start("around", context.getBean(ObservationRegistry.class));
			around.scopedChecked(() -> call(context));
			around.stop();
			assertThat(names()).containsExactly("scales.client", "around");
			Observation.Context call = this.recorder.contexts.get(0);
			assertThat(call.getParentObservation()).isSameAs(around);
			assertThat(call.getLowCardinalityKeyValues()).contains(KeyValue.of("scales.client", "calculator"),
					KeyValue.of("rpc.system.name", "thriftmux"), KeyValue.of("rpc.status_code", "OK"));
		});
	}

	@Test
	void withMetersOfObservationsACallIsTimed() {
		this.application
			.withConfiguration(AutoConfigurations.of(MetricsAutoConfiguration.class,
					SimpleMetricsExportAutoConfiguration.class, CompositeMeterRegistryAutoConfiguration.class))
			.run((context) -> {
				call(context);
				assertThat(context.getBean(MeterRegistry.class)
					.get("scales.client")
					.tag("error.type", "none")
					.timer()
					.count()).isOne();
			});
	}

	@Test
	void attemptsAreObservedIfAskedFor() {
		this.application.withPropertyValues("scales.observation.attempt-spans=true").run((context) -> {
			call(context);
			assertThat(names()).containsExactly("scales.client.attempt", "scales.client");
		});
	}

	@Test
	void nothingIsObservedIfSwitchedOff() {
		this.application.withPropertyValues("scales.observation.enabled=false").run((context) -> {
			call(context);
			assertThat(names()).isEmpty();
			assertThat(context).doesNotHaveBean(ObservingInterceptor.class);
		});
	}

	@Test
	void thePropertyOfSpringBootSwitchesOffToo() {
		this.application.withPropertyValues("management.observations.enable.scales.client=false").run((context) -> {
			call(context);
			assertThat(names()).isEmpty();
		});
	}

	@Test
	void aConventionThatIsABeanCounts() {
		this.application.withBean(ScalesClientObservationConvention.class, Convention::new).run((context) -> {
			call(context);
			assertThat(names()).containsExactly("acme.calls");
			assertThat(this.recorder.contexts.get(0).getLowCardinalityKeyValues()).contains(KeyValue.of("zone", "a"));
		});
	}

	@Test
	void aServerHasTheInterceptor() {
		this.application.run((context) -> assertThat(context).hasSingleBean(ObservingInterceptor.class));
	}

	@Test
	void clientsWorkWithoutARegistry() {
		Contexts.application()
			.withConfiguration(AutoConfigurations.of(ScalesObservationAutoConfiguration.class))
			.withPropertyValues("scales.clients.calculator.uri=" + this.server.uri())
			.run((context) -> assertThat(context.getBean(CalculatorClient.class).divide(4, 2)).isEqualTo(2));
	}

	/** Keeps what has ended. <em>Thread-safe</em>. */
	private static final class Recorder implements ObservationHandler<Observation.Context> {

		private final List<Observation.Context> contexts = new CopyOnWriteArrayList<>();

		@Override
		public void onStop(Observation.Context context) {
			this.contexts.add(context);
		}

		@Override
		public boolean supportsContext(Observation.Context context) {
			return true;
		}

	}

	/** Names of an application. <em>Immutable</em>. */
	private static final class Convention extends DefaultScalesClientObservationConvention {

		@Override
		public String getName() {
			return "acme.calls";
		}

		@Override
		public KeyValues getLowCardinalityKeyValues(ScalesClientObservationContext context) {
			return super.getLowCardinalityKeyValues(context).and("zone", "a");
		}

	}

}
