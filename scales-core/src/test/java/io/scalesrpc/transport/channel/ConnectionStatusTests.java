package io.scalesrpc.transport.channel;

import io.scalesrpc.call.SinkState;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ConnectionStatusTests {

	private final ConnectionStatus connectionStatus = new ConnectionStatus(1);

	private int told;

	@Test
	void whoWaitsForTheLastCallIsToldOnce() {
		assertThat(this.connectionStatus.begin()).isNull();
		this.connectionStatus.whenIdle(() -> this.told++);
		assertThat(this.told).isZero();
		assertThat(this.connectionStatus.state()).isEqualTo(SinkState.BUSY);
		this.connectionStatus.finished();
		assertThat(this.told).isEqualTo(1);
		this.connectionStatus.begin();
		this.connectionStatus.finished();
		assertThat(this.told).isEqualTo(1);
	}

	@Test
	void whereThereIsNoCallItIsToldAtOnce() {
		this.connectionStatus.drain();
		this.connectionStatus.whenIdle(() -> this.told++);
		assertThat(this.told).isEqualTo(1);
	}

	@Test
	void aCallThatIsRefusedIsNone() {
		this.connectionStatus.begin();
		assertThat(this.connectionStatus.begin()).startsWith("calls pending on the connection: 1");
		this.connectionStatus.whenIdle(() -> this.told++);
		this.connectionStatus.finished();
		assertThat(this.told).isEqualTo(1);
		assertThat(this.connectionStatus.isIdle()).isTrue();
	}

}
