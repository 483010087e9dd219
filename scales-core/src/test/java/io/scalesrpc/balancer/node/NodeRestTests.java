package io.scalesrpc.balancer.node;

import io.scalesrpc.balancer.dispatch.BalancerFixture;
import io.scalesrpc.call.SinkState;
import io.scalesrpc.testing.FakeSink;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** <em>Confined to the test's thread.</em> */
class NodeRestTests {

	private final FakeSink sink = FakeSink.holding();

	private final Node node = BalancerFixture.node(1, this.sink);

	@BeforeEach
	void idle() {
		this.sink.state(SinkState.IDLE);
	}

	@Test
	void aNodeThatWasNeverUsedHasNothingToClose() {
		assertThat(this.node.rest()).isNull();
		assertThat(this.node.isActive()).isFalse();
	}

	@Test
	void aNodeThatIsBeingOpenedHasAConnectionToClose() {
		this.node.wake(true);
		assertThat(this.node.rest()).isSameAs(this.sink);
		assertThat(this.node.isActive()).isFalse();
	}

	@Test
	void aNodeWithACallHasAConnectionToClose() {
		this.node.acquire(0);
		assertThat(this.node.rest()).isSameAs(this.sink);
	}

}
