package io.scalesrpc.transport;

import org.junit.jupiter.api.Test;

import io.scalesrpc.call.SinkState;

import static org.assertj.core.api.Assertions.assertThat;

class OccupancyTests {

	private final Occupancy occupancy = new Occupancy(1);

	private int told;

	@Test
	void whoWaitsForTheLastCallIsToldOnce() {
		assertThat(this.occupancy.begin()).isNull();
		this.occupancy.whenIdle(() -> this.told++);
		assertThat(this.told).isZero();
		assertThat(this.occupancy.state()).isEqualTo(SinkState.BUSY);
		this.occupancy.finished();
		assertThat(this.told).isEqualTo(1);
		this.occupancy.begin();
		this.occupancy.finished();
		assertThat(this.told).isEqualTo(1);
	}

	@Test
	void whereThereIsNoCallItIsToldAtOnce() {
		this.occupancy.drain();
		this.occupancy.whenIdle(() -> this.told++);
		assertThat(this.told).isEqualTo(1);
	}

	@Test
	void aCallThatIsRefusedIsNone() {
		this.occupancy.begin();
		assertThat(this.occupancy.begin()).startsWith("calls pending on the connection: 1");
		this.occupancy.whenIdle(() -> this.told++);
		this.occupancy.finished();
		assertThat(this.told).isEqualTo(1);
		assertThat(this.occupancy.isIdle()).isTrue();
	}

}
