package io.scalesrpc.discovery;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class WebServerSetTests {

	private static ServerSet create(String text) {
		ServerSetUri uri = ServerSetUri.parse(text);
		return ServerSetProviders.find(List.of(), uri).create(uri);
	}

	@Test
	void aServerWithoutAPortHasThatOfTheScheme() {
		assertThat(create("http://h1,h2:8080,[::1],[::1]:81")).isEqualTo(new StaticServerSet(
				List.of(Member.of("h1", 80), Member.of("h2", 8080), Member.of("::1", 80), Member.of("::1", 81))));
		assertThat(create("HTTPS://h1, h2:8443/"))
			.isEqualTo(new StaticServerSet(List.of(Member.of("h1", 443), Member.of("h2", 8443))));
	}

	@ParameterizedTest
	@ValueSource(strings = { "https://h/users", "https://h1,h2:1/a?b", "http://h?b", "http://h#name" })
	void aPathIsRefusedWithItsPlace(String text) {
		assertThatIllegalArgumentException().isThrownBy(() -> create(text))
			.withMessageStartingWith("uri: " + text + " (expected: hosts only")
			.withMessageContaining("a path belongs to the requests, such as @HttpExchange(\"/users\")");
	}

	@Test
	void aUserIsRefusedAndNotRepeated() {
		assertThatIllegalArgumentException().isThrownBy(() -> create("https://joe:secret@h"))
			.withMessage("uri: https://...@... (expected: no user; credentials belong into a header)");
	}

	@ParameterizedTest
	@ValueSource(strings = { "http://h1,", "http://h:", "http://:80", "http://::1", "http://h:0" })
	void aServerThatIsNotRightIsRefused(String text) {
		assertThatIllegalArgumentException().isThrownBy(() -> create(text)).withMessageContaining("(expected: ");
	}

	@ParameterizedTest
	@CsvSource({ "http://h, HTTP", "https://h, HTTPS", " HTTPS://h, HTTPS", "httpss://h,", "tcp://http://,",
			"http:h," })
	void aSchemeOfTheWebIsKnownByItsBeginning(String uri, WebScheme scheme) {
		assertThat(WebScheme.of(uri)).isEqualTo(scheme);
	}

}
