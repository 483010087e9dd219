package io.scalesrpc.transport;

import org.junit.jupiter.api.Test;

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
	void aLargeOneIsForgottenOverTheNextHundred() {
		this.usual.add(32_000);
		for (int message = 0; message < 10; message++) {
			this.usual.add(40);
		}
		assertThat(this.usual.bytes()).isBetween(16_000, 17_500);
		for (int message = 0; message < 90; message++) {
			this.usual.add(40);
		}
		assertThat(this.usual.bytes()).isEqualTo(256);
	}

	@Test
	void howeverLargeMessagesAreItIsALittle() {
		this.usual.add(Integer.MAX_VALUE);
		assertThat(this.usual.bytes()).isEqualTo(32 * 1024);
	}

}
