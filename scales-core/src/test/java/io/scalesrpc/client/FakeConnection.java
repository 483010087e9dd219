package io.scalesrpc.client;

import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

import io.scalesrpc.call.Call;
import io.scalesrpc.call.Failure;
import io.scalesrpc.call.SinkState;
import io.scalesrpc.testing.FakeSink;
import io.scalesrpc.transport.Connection;
import org.jspecify.annotations.Nullable;

/**
 * A connection over a fake sink. <em>Thread-safe</em>.
 *
 * @param sink where calls end
 */
record FakeConnection(FakeSink sink) implements Connection {

	@Override
	public void onClosed(Consumer<@Nullable Failure> listener) {
		// These connections end only when they are closed by their client.
	}

	@Override
	public void dispatch(Call call) {
		this.sink.dispatch(call);
	}

	@Override
	public SinkState state() {
		return this.sink.state();
	}

	@Override
	public CompletionStage<Void> close(Duration grace) {
		return this.sink.close(grace);
	}

	@Override
	public boolean isDraining() {
		return this.sink.state() == SinkState.BUSY;
	}

}
