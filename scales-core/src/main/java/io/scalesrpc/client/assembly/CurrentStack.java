package io.scalesrpc.client.assembly;

import java.time.Duration;
import java.util.concurrent.CompletionStage;

import io.scalesrpc.call.Call;
import io.scalesrpc.call.Sink;
import io.scalesrpc.call.SinkState;

/**
 * The stages of a client as its settings want them now. Calls that are on their way go on
 * through the stages they began with. <em>Thread-safe</em>: a call costs one volatile
 * read.
 */
public final class CurrentStack implements Sink {

	private volatile Sink now;

	public CurrentStack(Sink first) {
		this.now = first;
	}

	/** From now on calls go there; it has the same destination. */
	public void become(Sink next) {
		this.now = next;
	}

	@Override
	public void dispatch(Call call) {
		this.now.dispatch(call);
	}

	@Override
	public SinkState state() {
		return this.now.state();
	}

	@Override
	public void open(Runnable over) {
		this.now.open(over);
	}

	@Override
	public String problem() {
		return this.now.problem();
	}

	@Override
	public long problemNanos() {
		return this.now.problemNanos();
	}

	@Override
	public int connections() {
		return this.now.connections();
	}

	@Override
	public CompletionStage<Void> close(Duration grace) {
		return this.now.close(grace);
	}

}
