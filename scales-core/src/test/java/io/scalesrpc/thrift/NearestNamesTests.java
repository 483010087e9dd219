package io.scalesrpc.thrift;

import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class NearestNamesTests {

	private static final List<String> NAMES = List.of("fetchAll", "fetch", "fetchOne", "store", "Fetches");

	@Test
	void theNearestComeFirstAndAtMostThree() {
		assertThat(NearestNames.to("fetchs", NAMES)).isEqualTo("fetch, Fetches");
		assertThat(NearestNames.to("fetchxx", NAMES)).isEqualTo("fetch, Fetches");
		assertThat(NearestNames.to("fetchAllOne", NAMES)).isEqualTo("fetchAll, fetchOne");
		assertThat(NearestNames.to("aa", List.of("a", "b", "c", "d", "e"))).isEqualTo("a, b, c");
	}

	@Test
	void caseDoesNotCount() {
		assertThat(NearestNames.to("STORE", NAMES)).isEqualTo("store");
	}

	@Test
	void nothingIsNearToSomethingElse() {
		assertThat(NearestNames.to("multiply", NAMES)).isEmpty();
		assertThat(NearestNames.to("x", List.of())).isEmpty();
	}

}
