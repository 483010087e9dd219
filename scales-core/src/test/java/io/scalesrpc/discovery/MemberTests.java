package io.scalesrpc.discovery;

import java.util.HashMap;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class MemberTests {

	@Test
	void isOfNormalWeightUnlessToldOtherwise() {
		Member member = Member.of("localhost", 9090);
		assertThat(member).isEqualTo(new Member("localhost", 9090, 1.0, Map.of()));
	}

	@Test
	void theAddressOfAnIpv6HostHasBrackets() {
		assertThat(Member.of("10.0.0.7", 9090).address()).isEqualTo("10.0.0.7:9090");
		assertThat(Member.of("::1", 9090).address()).isEqualTo("[::1]:9090");
		assertThat(Member.of("::1", 9090)).hasToString("[::1]:9090");
	}

	@Test
	void metadataIsCopied() {
		Map<String, String> metadata = new HashMap<>(Map.of("zone", "a"));
		Member member = new Member("h", 1, 1, metadata);
		metadata.put("zone", "b");
		assertThat(member.metadata()).containsExactly(Map.entry("zone", "a"));
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, -1, 65536 })
	void refusesAPortOutOfRange(int port) {
		assertThatIllegalArgumentException().isThrownBy(() -> Member.of("h", port))
			.withMessage("port: " + port + " (expected: 1..65535)");
	}

	@Test
	void takesTheLowestAndTheHighestPort() {
		assertThat(Member.of("h", 1).port()).isEqualTo(1);
		assertThat(Member.of("h", 65535).port()).isEqualTo(65535);
	}

	@ParameterizedTest
	@ValueSource(doubles = { 0, -1, Double.POSITIVE_INFINITY, Double.NaN })
	void refusesAWeightThatIsNone(double weight) {
		assertThatIllegalArgumentException().isThrownBy(() -> new Member("h", 1, weight, Map.of()))
			.withMessage("weight: " + weight + " (expected: > 0)");
	}

	@Test
	void refusesABlankHost() {
		assertThatIllegalArgumentException().isThrownBy(() -> Member.of(" ", 1))
			.withMessage("host:   (expected: a name or an address)");
	}

}
