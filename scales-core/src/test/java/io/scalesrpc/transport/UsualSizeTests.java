package io.scalesrpc.transport;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class UsualSizeTests {

	private final UsualSize usual = new UsualSize();

	@Test
	void smallMessagesChangeNothing() {
		assertThat(this.usual.bytes()).isEqualTo(256);
		this.usual.add(0);
		this.usual.add(256);
		assertThat(this.usual.bytes()).isEqualTo(256);
	}

	@Test
	void thereIsRoomForTheLargestOfLate() {
		this.usual.add(16_500);
		this.usual.add(300);
		this.usual.add(16_500);
		assertThat(this.usual.bytes()).isEqualTo(16_640);
	}

	@Test
	void aLargeOneIsForgottenByHalves() {
		this.usual.add(32_000);
		this.usual.add(40);
		assertThat(this.usual.bytes()).isEqualTo(16_000);
		for (int message = 0; message < 6; message++) {
			this.usual.add(40);
		}
		assertThat(this.usual.bytes()).isEqualTo(256);
	}

	/** Whoever sends large and small ones in turns has memory held for no more. */
	@ParameterizedTest
	@ValueSource(ints = { 2, 3, 8, 16, 64 })
	void buffersHaveAFewTimesWhatTheyAreFor(int cycle) {
		long had = 0;
		long needed = 0;
		for (int message = 0; message < 1000; message++) {
			int size = (message % cycle == 0) ? 32_000 : 40;
			had += Math.max(this.usual.bytes(), size);
			needed += size;
			this.usual.add(size);
		}
		assertThat(had).isLessThan(3 * needed + 1000 * 512);
	}

	@Test
	void howeverLargeMessagesAreItIsALittle() {
		this.usual.add(Integer.MAX_VALUE);
		assertThat(this.usual.bytes()).isEqualTo(32 * 1024);
	}

}
