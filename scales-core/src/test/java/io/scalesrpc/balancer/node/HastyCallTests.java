package io.scalesrpc.balancer.node;

import io.scalesrpc.balancer.dispatch.BalancerFixture;
import io.scalesrpc.call.Call;
import io.scalesrpc.call.Deadline;
import io.scalesrpc.call.Failure;
import io.scalesrpc.call.SinkState;
import io.scalesrpc.testing.Calls;
import io.scalesrpc.testing.FakeSink;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** What a call says of its node that waited for a connection until its time was over. */
class HastyCallTests {

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void onlyWhoHadAllTheTimeOfTheClientIsHeldAgainstTheNode(boolean inherited) {
		FakeSink opening = FakeSink.holding();
		opening.state(SinkState.IDLE);
		Node node = BalancerFixture.node(1, opening);
		Failure failure = Failure.withheld("no connection to 10.0.0.1:9090 in time: opening");
		Call call = Calls.call(Calls.METHOD, new Deadline(0, 1000, inherited), 1, 2);
		call.end(failure);
		node.learn(call, failure, 1000, 1000);
		assertThat(node.failures(1000) > 0).isEqualTo(!inherited);
	}

}
