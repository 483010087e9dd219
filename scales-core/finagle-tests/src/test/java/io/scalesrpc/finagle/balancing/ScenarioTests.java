package io.scalesrpc.finagle.balancing;

import java.time.Duration;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Our client with its default balancer in the scenarios, for a shorter time and with
 * bounds that a busy machine keeps too, but no balancer that takes members in turn.
 */
@Tag("soak")
class ScenarioTests {

	private static Report run(Scenario scenario) {
		return run(scenario, "default");
	}

	private static Report run(Scenario scenario, String balancer) {
		try (Servers servers = Servers.start(scenario.servers() + 1); LoadClient client = LoadClient.ours(balancer)) {
			scenario.prepare(servers);
			client.warmUp(servers.address(scenario.servers()), 3000);
			Report report = scenario.run(servers, client);
			System.out.println(scenario + ": " + report);
			return report;
		}
	}

	@Test
	void aDeadMemberOfTwoCostsTwoCallsAtMost() {
		Report report = run(new TwoMembersOneDead());
		assertThat(report.get(TwoMembersOneDead.FAILED)).isLessThanOrEqualTo(2);
		assertThat(report.get(TwoMembersOneDead.FAILED_RETRIED)).isZero();
	}

	@Test
	void aSlowMemberOfThreeDoesNotSlowTheNinetiethPercentile() {
		Report report = run(new ThreeMembersOneSlow());
		assertThat(report.get(ThreeMembersOneSlow.FAILED)).isZero();
		assertThat(report.get(ThreeMembersOneSlow.P90)).isLessThan(100);
		assertThat(report.get(ThreeMembersOneSlow.SLOW)).isLessThan(90);
	}

	/**
	 * In turn the slow one and the failing one would get a tenth of the 3000 calls each.
	 */
	@Test
	void independentCallersAreKeptFromASlowAndAFailingMember() {
		Report report = run(new Poisson("mux-error", 500, Duration.ofSeconds(2), Duration.ofSeconds(4)));
		assertThat(report.get(Poisson.FAILED)).isLessThan(75);
		assertThat(report.get(Poisson.SLOW)).isLessThan(6);
		assertThat(report.get(Poisson.P99)).isLessThan(200);
	}

	@Test
	void oneOfFiveThatFailsIsLeftAloneAndComesBack() {
		Report report = run(new OneOfFiveFailing(500, Duration.ofSeconds(1)));
		assertThat(report.get(OneOfFiveFailing.SHARE)).isLessThan(3);
		assertThat(report.get(OneOfFiveFailing.BACK)).isLessThan(40);
	}

	/** The pauses are longer than those of a busy machine. */
	@Test
	void whatAMemberThatPausesHoldsUpIsSentToAnother() {
		OneOfEightPausing scenario = new OneOfEightPausing(1500, 300, Duration.ofSeconds(12), Duration.ofSeconds(8));
		Report report = run(scenario, "round-robin-hedged");
		assertThat(report.get(OneOfEightPausing.FAILED)).isZero();
		assertThat(report.get(OneOfEightPausing.EXTRA)).isBetween(0.1, 3.0);
		assertThat(report.get(OneOfEightPausing.CALLED_OFF)).isPositive();
	}

}
