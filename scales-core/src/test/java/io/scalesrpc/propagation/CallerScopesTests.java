package io.scalesrpc.propagation;

import java.lang.management.ManagementFactory;

import com.sun.management.ThreadMXBean;
import io.micrometer.context.ContextRegistry;
import io.micrometer.observation.contextpropagation.ObservationThreadLocalAccessor;
import io.scalesrpc.call.CallScope;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;

import static org.assertj.core.api.Assertions.assertThat;

class CallerScopesTests {

	private final ContextRegistry registry = new ContextRegistry();

	private final CallerScopes scopes = new CallerScopes(this.registry);

	@Test
	void aThreadWithNothingCostsNotOneByte() {
		this.registry.registerThreadLocalAccessor(new InboundRequestAccessor())
			.registerThreadLocalAccessor(ObservationThreadLocalAccessor.getInstance());
		MDC.clear();
		ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
		int calls = 20_000;
		long least = Long.MAX_VALUE;
		// The first rounds are those of a JVM that warms up.
		for (int round = 0; round < 10; round++) {
			long before = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
			int captured = 0;
			for (int i = 0; i < calls; i++) {
				captured += (this.scopes.capture(null) != null) ? 1 : 0;
			}
			assertThat(captured).isZero();
			least = Math.min(least, threads.getThreadAllocatedBytes(Thread.currentThread().getId()) - before);
		}
		assertThat(least).isLessThan(calls);
	}

	@Test
	void theMdcIsCarriedOnceWhereSomebodyRegisteredItsAccessor() {
		this.registry.registerThreadLocalAccessor("cp.slf4j", MDC::getCopyOfContextMap, MDC::setContextMap, MDC::clear);
		MDC.put("user", "alice");
		CallScope scope = this.scopes.capture(null);
		MDC.put("user", "bob");
		assertThat(scope).isNotNull();
		CallScope.Restored restored = scope.restore();
		assertThat(MDC.get("user")).isEqualTo("alice");
		restored.close();
		assertThat(MDC.get("user")).isEqualTo("bob");
		MDC.clear();
	}

}
