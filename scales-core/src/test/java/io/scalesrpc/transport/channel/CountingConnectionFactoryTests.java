package io.scalesrpc.transport.channel;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.scalesrpc.call.Failure;
import io.scalesrpc.discovery.Member;
import io.scalesrpc.metrics.ClientMetrics;
import io.scalesrpc.metrics.MeterNames;
import io.scalesrpc.testing.FakeTime;
import io.scalesrpc.transport.Connection;
import io.scalesrpc.transport.ConnectionFactory;
import io.scalesrpc.transport.FakeConnectionFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/** How long it took to connect, and how it ended. */
class CountingConnectionFactoryTests {

	private static final Member MEMBER = Member.of("10.0.0.7", 9090);

	private static final ConnectionFactory.Listener NOBODY = new ConnectionFactory.Listener() {

		@Override
		public void opened(Connection connection) {
		}

		@Override
		public void failed(Failure failure) {
		}

	};

	private final FakeTime time = new FakeTime();

	private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

	private final FakeConnectionFactory connections = new FakeConnectionFactory();

	private final CountingConnectionFactory counting = new CountingConnectionFactory(this.connections,
			new ClientMetrics(this.registry, "calculator", "thriftmux"), this.time);

	@Test
	void aStartMakesNoTimers() {
		assertThat(this.registry.getMeters()).isEmpty();
	}

	@Test
	void connectionsAreTimedByTheirOutcome() {
		openFor(20);
		this.connections.succeed();
		openFor(30);
		this.connections.succeed();
		assertThat(timer("failure")).isNull();
		openFor(70);
		this.connections.fail("refused");
		assertTimed("success", 2, 50);
		assertTimed("failure", 1, 70);
	}

	@Test
	void aRegistryThatRefusesTheTimerKeepsNobodyFromTheConnection() {
		this.registry.config().meterFilter(new MeterFilter() {
			@Override
			public Meter.Id map(Meter.Id id) {
				if (id.getName().equals(MeterNames.CONNECTING)) {
					throw new IllegalArgumentException("refused");
				}
				return id;
			}
		});
		List<Connection> opened = new ArrayList<>();
		List<Failure> failed = new ArrayList<>();
		ConnectionFactory.Listener listener = new ConnectionFactory.Listener() {
			@Override
			public void opened(Connection connection) {
				opened.add(connection);
			}

			@Override
			public void failed(Failure failure) {
				failed.add(failure);
			}
		};
		this.counting.open(MEMBER, listener);
		assertThatIllegalArgumentException().isThrownBy(this.connections::succeed).withMessage("refused");
		assertThat(opened).hasSize(1);
		this.counting.open(MEMBER, listener);
		assertThatIllegalArgumentException().isThrownBy(() -> this.connections.fail("down")).withMessage("refused");
		assertThat(failed).hasSize(1);
	}

	private void openFor(long millis) {
		this.counting.open(MEMBER, NOBODY);
		this.time.advance(Duration.ofMillis(millis));
	}

	private void assertTimed(String outcome, long count, double millis) {
		Timer timer = timer(outcome);
		assertThat(timer).isNotNull();
		assertThat(timer.count()).isEqualTo(count);
		assertThat(timer.totalTime(TimeUnit.MILLISECONDS)).isEqualTo(millis);
	}

	private @Nullable Timer timer(String outcome) {
		return this.registry.find(MeterNames.CONNECTING).tag("outcome", outcome).timer();
	}

}
