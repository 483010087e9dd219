package io.scalesrpc.call;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ContextTests {

	@Test
	void anEmptyContextHoldsNothing() {
		assertThat(Context.empty().size()).isZero();
		assertThat(Context.empty().get("a")).isNull();
		assertThat(Context.empty()).isSameAs(Context.empty());
	}

	@Test
	void keysAreFoundInAnyCaseAndKeptAsGiven() {
		Context context = Context.empty().with("com.twitter.finagle.Deadline", bytes("x"));
		assertThat(context.get("COM.TWITTER.finagle.deadline")).isEqualTo(bytes("x"));
		assertThat(context.key(0)).isEqualTo("com.twitter.finagle.Deadline");
	}

	@Test
	void aSecondValueOfAKeyTakesThePlaceOfTheFirst() {
		Context context = Context.empty().with("a", bytes("1")).with("b", bytes("2")).with("A", bytes("3"));
		assertThat(context.size()).isEqualTo(2);
		assertThat(entries(context)).containsExactly("A=3", "b=2");
	}

	@Test
	void settingAValueLeavesTheOriginalAsItWas() {
		Context one = Context.empty().with("a", bytes("1"));
		Context two = one.with("b", bytes("2")).with("a", bytes("3"));
		assertThat(entries(one)).containsExactly("a=1");
		assertThat(entries(two)).containsExactly("a=3", "b=2");
		assertThat(Context.empty().size()).isZero();
	}

	@Test
	void allEntriesOfAnotherTakeThePlaceOfThoseWithTheSameKey() {
		Context one = Context.empty().with("a", bytes("1")).with("b", bytes("2"));
		Context other = Context.empty().with("B", bytes("3")).with("c", bytes("4"));
		assertThat(entries(one.withAll(other))).containsExactly("a=1", "B=3", "c=4");
		assertThat(one.withAll(Context.empty())).isSameAs(one);
	}

	@Test
	void theValueIsNotCopied() {
		byte[] value = bytes("1");
		assertThat(Context.empty().with("a", value).value(0)).isSameAs(value);
	}

	@Test
	void theTextShowsNoValues() {
		Context context = Context.empty().with("Token", bytes("secret")).with("b", bytes("2"));
		assertThat(context).hasToString("token,b");
	}

	private static List<String> entries(Context context) {
		List<String> entries = new ArrayList<>();
		context.forEach((key, value) -> entries.add(key + "=" + new String(value, StandardCharsets.UTF_8)));
		return entries;
	}

	private static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

}
