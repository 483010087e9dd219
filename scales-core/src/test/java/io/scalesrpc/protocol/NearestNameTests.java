package io.scalesrpc.protocol;

import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class NearestNameTests {

	private static final List<String> NAMES = List.of("fetchAll", "fetch", "fetchOne", "store", "Fetches");

	@Test
	void theNearestComeFirstAndAtMostThree() {
		assertThat(NearestName.all("fetchs", NAMES, 3)).containsExactly("fetch", "Fetches");
		assertThat(NearestName.all("fetchxx", NAMES, 3)).containsExactly("fetch", "Fetches");
		assertThat(NearestName.all("fetchAllOne", NAMES, 3)).containsExactly("fetchAll", "fetchOne");
		assertThat(NearestName.all("aa", List.of("a", "b", "c", "d", "e"), 3)).containsExactly("a", "b", "c");
	}

	@Test
	void theNearestOfAllIsTheFirstOfThem() {
		assertThat(NearestName.of("fetchs", NAMES)).hasValue("fetch");
		assertThat(NearestName.of("multiply", NAMES)).isEmpty();
	}

	@Test
	void aSlipIsALetterOrTwo() {
		assertThat(NearestName.isSlip("fetchs", "fetch")).isTrue();
		assertThat(NearestName.isSlip("fetch", "FETCH")).isFalse();
		assertThat(NearestName.isSlip("fetchAll", "fetch")).isFalse();
	}

	@Test
	void caseDoesNotCount() {
		assertThat(NearestName.all("STORE", NAMES, 3)).containsExactly("store");
	}

	@Test
	void nothingIsNearToSomethingElse() {
		assertThat(NearestName.all("multiply", NAMES, 3)).isEmpty();
		assertThat(NearestName.all("x", List.of(), 3)).isEmpty();
	}

}
