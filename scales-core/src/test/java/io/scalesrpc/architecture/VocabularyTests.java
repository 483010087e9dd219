package io.scalesrpc.architecture;

import java.util.List;
import java.util.Set;

import com.tngtech.archunit.core.domain.JavaClass;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Types are named with the words of the field, which docs/architecture.md lists; these
 * were words of our own for the same things.
 */
class VocabularyTests {

	private static final Set<String> OF_OUR_OWN = Set.of("""
			Lasting Flight Passenger Outage ConnectionSituation Occupancy Stock Growth Alarm
			Lending Stay Verdict Departures Measured Decaying Slowness TypicalFailures Turns
			Acceptance Pressure Second Wiring Proxies Closing Sources MemberSource StandIn
			AnswerAssembler AnswerDecoder AnswerHead StreamedAnswer KeptAnswers AnswerStream Packing
			Unpacking Holding BinaryShape CompactShape MessageShape Levels FailedAnswer MessageAnswer
			ThriftAnswer LookupCycle LookupPace AddressBook
			""".strip().split("\\s+"));

	@Test
	void noTypeHasANameThatNobodyWouldGuess() {
		List<String> names = ClassFiles.ofTheCore().classes().stream().map(JavaClass::getSimpleName).toList();
		assertThat(names).hasSizeGreaterThan(500).doesNotContainAnyElementsOf(OF_OUR_OWN);
	}

}
