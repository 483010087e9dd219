package io.scalesrpc.failing;

import java.util.List;

import io.scalesrpc.call.FailureKind;
import io.scalesrpc.call.ScalesException;
import io.scalesrpc.testing.Sockets;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Four tries in each of three layers of services, on sockets. */
@Sockets
class AmplificationTests {

	private static final int CALLS = 2000;

	private static final int USERS = 8;

	@Test
	void withoutABudgetOneCallBecomes64() {
		try (Layers layers = new Layers(3, Manners.CARELESS)) {
			layers.call();
			assertThat(layers.requests()).containsExactly(4L, 16L, 64L);
		}
	}

	/**
	 * Counted at the last service: the requests that came in for each call of the user.
	 */
	@Test
	void withOursItBecomesHardlyMoreThanOne() {
		try (Layers layers = new Layers(3, Manners.DEFAULT)) {
			layers.call(USERS, CALLS / USERS);
			List<Long> requests = layers.requests();
			assertThat(requests.get(0)).isEqualTo(CALLS);
			assertThat(requests.get(1)).isEqualTo(CALLS);
			assertThat(requests.get(2) / (double) CALLS).isBetween(1.0, 1.2);
		}
	}

	/** While nothing was answered a budget is worth one retry. */
	@Test
	void theUserLearnsThatOnceMoreWouldMultiplyTheLoad() {
		try (Layers layers = new Layers(2, Manners.DEFAULT)) {
			ScalesException failure = layers.call();
			assertThat(failure.kind()).isEqualTo(FailureKind.REMOTE);
			assertThat(failure.isRetryable()).isFalse();
			assertThat(failure.attempts()).isOne();
			assertThat(failure).hasMessageContaining("the last layer fails").hasMessageContaining("attempts 2");
			assertThat(layers.requests()).containsExactly(1L, 2L);
		}
	}

}
