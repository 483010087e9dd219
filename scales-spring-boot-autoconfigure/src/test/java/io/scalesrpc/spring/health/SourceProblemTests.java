package io.scalesrpc.spring.health;

import java.time.Duration;

import io.scalesrpc.discovery.SourceStatus;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class SourceProblemTests {

	@Test
	void aSourceThatAnswersIsNoProblem() {
		assertThat(SourceProblem.of(SourceStatus.CURRENT)).isNull();
		assertThat(SourceProblem.of(new SourceStatus(SourceProblem.OLD, "lost", 3))).isNull();
	}

	@Test
	void aSourceThatNeverAnsweredIsTold() {
		assertThat(SourceProblem.of(SourceStatus.UNKNOWN)).isEqualTo("the source has not answered yet");
		assertThat(SourceProblem.of(new SourceStatus(null, "refused", 0)))
			.isEqualTo("the source has not answered yet: refused");
	}

	@Test
	void anOldAnswerIsTold() {
		assertThat(SourceProblem.of(new SourceStatus(Duration.ofSeconds(301), "lost", 0)))
			.isEqualTo("the source last answered 301 s ago: lost");
	}

}
