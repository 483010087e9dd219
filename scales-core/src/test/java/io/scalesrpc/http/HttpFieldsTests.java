package io.scalesrpc.http;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class HttpFieldsTests {

	@Test
	void namesAreComparedWithoutCaseAndMayComeMoreThanOnce() {
		HttpFields fields = HttpFields.of("Vary", "Accept", "vary", "Cookie").with("Age", "7");
		assertThat(fields.size()).isEqualTo(3);
		assertThat(fields.first("VARY")).isEqualTo("Accept");
		assertThat(fields.all("Vary")).containsExactly("Accept", "Cookie");
		assertThat(fields.first("ETag")).isNull();
	}

	@Test
	void aNameWithoutAValueIsRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> HttpFields.of("Vary", "Accept", "Age"))
			.withMessage("fields: 3 names and values (expected: 2 each)");
	}

	@Test
	void valuesAreInNoLog() {
		assertThat(HttpFields.of("Authorization", "secret")).hasToString("[authorization]");
	}

}
