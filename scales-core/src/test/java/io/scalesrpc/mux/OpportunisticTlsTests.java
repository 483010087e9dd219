package io.scalesrpc.mux;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/** What two sides make of what they want: Finagle's table. */
class OpportunisticTlsTests {

	@ParameterizedTest
	@CsvSource({ "OFF, OFF, CLEAR", "OFF, DESIRED, CLEAR", "OFF, REQUIRED, NONE", "DESIRED, OFF, CLEAR",
			"DESIRED, DESIRED, TLS", "DESIRED, REQUIRED, TLS", "REQUIRED, OFF, NONE", "REQUIRED, DESIRED, TLS",
			"REQUIRED, REQUIRED, TLS" })
	void bothSidesComeToTheSameEnd(OpportunisticTls one, OpportunisticTls other, String session) {
		assertThat(one.encryptsWith(other)).isEqualTo(session.equals("TLS"));
		assertThat(one.excludes(other)).isEqualTo(session.equals("NONE"));
	}

}
