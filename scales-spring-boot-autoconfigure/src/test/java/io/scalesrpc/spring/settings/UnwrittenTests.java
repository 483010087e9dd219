package io.scalesrpc.spring.settings;

import java.util.stream.Stream;

import io.scalesrpc.admission.ConcurrencyLimitSettings;
import io.scalesrpc.admission.ThrottlingSettings;
import io.scalesrpc.balancer.BalancerSettings;
import io.scalesrpc.balancer.BalancerType;
import io.scalesrpc.breaker.MemberBreakerSettings;
import io.scalesrpc.call.CallOptions;
import io.scalesrpc.chaos.ChaosSettings;
import io.scalesrpc.circuitbreaker.CircuitBreakerSettings;
import io.scalesrpc.hedging.HedgingSettings;
import io.scalesrpc.log.AccessLogSettings;
import io.scalesrpc.pool.PoolSettings;
import io.scalesrpc.retry.RetryBudgetSettings;
import io.scalesrpc.retry.RetrySettings;
import io.scalesrpc.spring.settings.stage.RetryProperties;
import io.scalesrpc.transport.TransportLimits;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

class UnwrittenTests {

	private static final ClientProperties SILENT = Unwritten.or(null, ClientDefaults.class).ofSilentClient();

	/** What nobody wrote is not handed to the builder: its own defaults must be these. */
	@ParameterizedTest
	@MethodSource("sections")
	void aSectionThatNobodyWroteSaysWhatABuilderHasByItself(Object section, Object builder) {
		assertThat(section).isEqualTo(builder);
	}

	static Stream<Arguments> sections() {
		return Stream.of(arguments(SILENT.accessLog().toSettings(), AccessLogSettings.OFF),
				arguments(SILENT.balancer().toSettings(), BalancerSettings.of(BalancerType.APERTURE)),
				arguments(SILENT.memberBreaker().toSettings(), MemberBreakerSettings.DEFAULT),
				arguments(SILENT.retry().toSettings(), CallOptions.NONE.get(RetrySettings.KEY)),
				arguments(SILENT.retry().budget().toSettings(), RetryBudgetSettings.DEFAULT),
				arguments(SILENT.hedging().toSettings(), CallOptions.NONE.get(HedgingSettings.KEY)),
				arguments(SILENT.circuitBreaker().toSettings(), CallOptions.NONE.get(CircuitBreakerSettings.KEY)),
				arguments(SILENT.concurrencyLimit().toSettings(), ConcurrencyLimitSettings.NONE),
				arguments(SILENT.throttling().toSettings(), ThrottlingSettings.DEFAULT),
				arguments(SILENT.chaos().toSettings(), CallOptions.NONE.get(ChaosSettings.KEY)),
				arguments(SILENT.pool().toSettings(), PoolSettings.DEFAULT),
				arguments(SILENT.limits().toTransportLimits(), TransportLimits.DEFAULT));
	}

	@Test
	void aSectionThatNobodyWroteIsMadeOnceAndIsNotWritten() {
		assertThat(SILENT.retry()).isSameAs(SILENT.retry());
		assertThat(SILENT.written(RetryProperties.class)).isNull();
	}

}
