package io.scalesrpc.call;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class CallOptionsTests {

	private static final CallOptions.Key<Integer> SIZE = new CallOptions.Key<>("size", 7);

	private static final CallOptions.Key<String> COLOUR = new CallOptions.Key<>("colour", "red");

	@Test
	void whatIsNotSetIsTheFallbackOfItsKey() {
		assertThat(CallOptions.NONE.get(SIZE)).isEqualTo(7);
		assertThat(CallOptions.NONE.has(SIZE)).isFalse();
	}

	@Test
	void settingAnOptionLeavesTheOriginalAsItWas() {
		CallOptions blue = CallOptions.of(COLOUR, "blue");
		assertThat(blue.with(SIZE, 8).with(SIZE, 9).get(SIZE)).isEqualTo(9);
		assertThat(blue.get(SIZE)).isEqualTo(7);
		assertThat(blue.has(COLOUR)).isTrue();
	}

	@Test
	void othersComeFirstAndTheRestStays() {
		CallOptions all = CallOptions.of(COLOUR, "blue").with(SIZE, 8).withAll(CallOptions.of(SIZE, 9));
		assertThat(all.get(SIZE)).isEqualTo(9);
		assertThat(all.get(COLOUR)).isEqualTo("blue");
	}

	@Test
	void keysOfOneNameAreStillTwo() {
		assertThat(CallOptions.of(SIZE, 8).get(new CallOptions.Key<>("size", 1))).isOne();
	}

	@Test
	void theOrderInWhichOptionsWereSetMakesNoDifference() {
		CallOptions one = CallOptions.of(SIZE, 8).with(COLOUR, "blue");
		CallOptions other = CallOptions.of(COLOUR, "blue").with(SIZE, 8);
		assertThat(one).isEqualTo(other).hasSameHashCodeAs(other).isNotEqualTo(CallOptions.of(SIZE, 8));
		assertThat(one).hasToString("{size=8, colour=blue}");
	}

	@Test
	void whatACallerMayNotSayIsRefusedAsASettingIs() {
		assertRefused(() -> CallOptions.timeout(Duration.ZERO), "timeout", "timeout: PT0S (expected: > 0");
		assertRefused(() -> CallOptions.timeout(Duration.ofDays(2)), "timeout", "timeout: PT48H");
		assertRefused(() -> CallOptions.NONE.withHeader(" ", "x"), "header", "header: ' ' (expected: not blank)");
		assertRefused(() -> CallOptions.NONE.withClientId(""), "client-id", "client-id: '' (expected: not blank)");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "host", ":80", "host:", "host:0", "host:70000", "host:http", "1:2:3" })
	void aMemberIsHostAndPort(String address) {
		assertRefused(() -> CallOptions.NONE.withMember(address), "member",
				"member: " + address + " (expected: host and port");
	}

	@Test
	void headersOfBothAreSentAndWhatOthersDoNotSayStays() {
		CallOptions one = CallOptions.timeout(Duration.ofMillis(30)).withHeader("a", "1").withHeader("b", "1");
		CallOptions all = one.withMember("[::1]:9090")
			.withAll(CallOptions.NONE.withHeader("B", "2").withClientId("shop").withIdempotent(true));
		assertThat(all.timeout()).isEqualTo(Duration.ofMillis(30));
		assertThat(all.headers().get("a")).isEqualTo("1".getBytes(StandardCharsets.UTF_8));
		assertThat(all.headers().get("b")).isEqualTo("2".getBytes(StandardCharsets.UTF_8));
		assertThat(all.member()).isEqualTo("[::1]:9090");
		assertThat(all.clientId()).isEqualTo("shop");
		assertThat(all.get(Idempotence.KEY)).isTrue();
		assertThat(all.isDetached()).isFalse();
		assertThat(all.withAll(CallOptions.detached()).isDetached()).isTrue();
		assertThat(one.headers().get("b")).isEqualTo("1".getBytes(StandardCharsets.UTF_8));
	}

	@Test
	void theTextKeepsTheValuesOfHeaders() {
		assertThat(CallOptions.timeout(Duration.ofMillis(30)).withHeader("Authorization", "secret").withMember("a:1"))
			.hasToString("{timeout=PT0.03S, headers=[authorization], member=a:1}");
		assertThat(CallOptions.detached().withClientId("shop")).hasToString("{client-id=shop, detached}");
	}

	@Test
	void whatIsAroundEndsWithTheBodyHoweverThatEnds() throws Exception {
		CallOptions outer = CallOptions.timeout(Duration.ofMillis(30));
		String said = outer.call(() -> {
			assertThat(Caller.current().options()).isEqualTo(outer);
			CallOptions.NONE.withClientId("shop").run(() -> {
				assertThat(Caller.current().options().timeout()).isEqualTo(Duration.ofMillis(30));
				assertThat(Caller.current().options().clientId()).isEqualTo("shop");
			});
			assertThat(Caller.current().options()).isEqualTo(outer);
			return "done";
		});
		assertThat(said).isEqualTo("done");
		assertThatExceptionOfType(IOException.class).isThrownBy(() -> outer.call(() -> {
			throw new IOException("broken");
		}));
		assertThat(Caller.current()).isSameAs(Caller.NOBODY);
	}

	@Test
	void theRequestBeingServedStaysAndMayChangeWithin() {
		InboundRequest request = new InboundRequest(null, 1);
		InboundRequest other = new InboundRequest(null, 2);
		InboundRequest.current(request);
		CallOptions around = CallOptions.timeout(Duration.ofMillis(30));
		around.run(() -> {
			assertThat(InboundRequest.current()).isEqualTo(request);
			InboundRequest.current(other);
			assertThat(Caller.current()).isEqualTo(new Caller(other, around));
		});
		assertThat(InboundRequest.current()).isEqualTo(request);
		InboundRequest.current(null);
		assertThat(Caller.current()).isSameAs(Caller.NOBODY);
	}

	private static void assertRefused(ThrowingCallable refused, String setting, String text) {
		assertThatExceptionOfType(InvalidSettingException.class).isThrownBy(refused)
			.withMessageStartingWith(text)
			.satisfies((ex) -> assertThat(ex.setting()).isEqualTo(setting));
	}

}
