package io.scalesrpc.call;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

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

}
