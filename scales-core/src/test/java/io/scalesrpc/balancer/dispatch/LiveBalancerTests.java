package io.scalesrpc.balancer.dispatch;

import java.time.Duration;

import io.scalesrpc.balancer.ApertureSettings;
import io.scalesrpc.balancer.BalancerSettings;
import io.scalesrpc.balancer.BalancerType;
import io.scalesrpc.balancer.Coordinate;
import io.scalesrpc.balancer.node.NodeView;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Balancers whose settings change while they have members. <em>Confined to the test's
 * thread.</em>
 */
class LiveBalancerTests {

	private static BalancerSettings settings(BalancerType type, int minSize) {
		return BalancerSettings.of(type)
			.withSlowStart(Duration.ZERO)
			.withAperture(ApertureSettings.DEFAULT.withSize(minSize, 100));
	}

	private static long active(BalancerFixture fixture) {
		return fixture.balancer.nodes().stream().filter(NodeView::active).count();
	}

	@ParameterizedTest
	@EnumSource(names = { "APERTURE", "DETERMINISTIC_APERTURE" })
	void aWindowIsAsWideAsItIsToBeNow(BalancerType type) {
		BalancerFixture fixture = new BalancerFixture(settings(type, 3).withCoordinate(new Coordinate(0, 10)), 42)
			.of(10);
		fixture.dispatchAndAnswer(20);
		assertThat(active(fixture)).isEqualTo(3);
		fixture.balancer.become(settings(type, 6).withCoordinate(new Coordinate(0, 10)));
		assertThat(active(fixture)).isEqualTo(6);
		fixture.dispatchAndAnswer(200);
		assertThat(fixture.made().stream().filter((sink) -> !sink.calls().isEmpty())).hasSizeGreaterThanOrEqualTo(5);
	}

	@Test
	void aMemberThatComesAfterwardsStartsAsIsSaidNow() {
		BalancerFixture fixture = new BalancerFixture(
				BalancerSettings.of(BalancerType.P2C).withSlowStart(Duration.ZERO))
			.of(2);
		fixture.dispatchAndAnswer(20);
		fixture.balancer.become(BalancerSettings.of(BalancerType.P2C).withSlowStart(Duration.ofHours(1)));
		fixture.set.tell(BalancerFixture.members(3));
		fixture.dispatchAndAnswer(300);
		assertThat(fixture.count(3)).as("a tenth of its share").isLessThan(50);
		fixture.balancer.become(BalancerSettings.of(BalancerType.P2C).withSlowStart(Duration.ZERO));
		int before = fixture.count(3);
		fixture.dispatchAndAnswer(300);
		assertThat(fixture.count(3) - before).as("one that is there, too").isGreaterThan(60);
	}

}
