package io.scalesrpc.admission;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import io.scalesrpc.call.Call;
import io.scalesrpc.call.Failure;
import io.scalesrpc.call.FailureKind;
import io.scalesrpc.call.Reply;
import io.scalesrpc.call.Sink;
import io.scalesrpc.call.SinkState;
import io.scalesrpc.time.Ticker;

/**
 * Servers that can do so much work in a second and refuse the rest; refusing is work,
 * too. <em>Confined to the test's thread.</em>
 */
final class ServersWithCapacity implements Sink {

	private static final double REFUSING_COSTS = 0.05;

	private final Ticker ticker;

	private double callsPerSecond;

	private double room;

	private long last;

	int accepted;

	int refused;

	ServersWithCapacity(Ticker ticker, double callsPerSecond) {
		this.ticker = ticker;
		this.callsPerSecond = callsPerSecond;
		this.last = ticker.nanos();
	}

	void canDo(double newCallsPerSecond) {
		this.callsPerSecond = newCallsPerSecond;
		this.room = 0;
	}

	int seen() {
		return this.accepted + this.refused;
	}

	@Override
	public void dispatch(Call call) {
		long now = this.ticker.nanos();
		double most = Math.max(1, this.callsPerSecond / 20);
		this.room = Math.min(most, this.room + (now - this.last) * 1e-9 * this.callsPerSecond);
		this.last = now;
		if (this.room >= 1) {
			this.room -= 1;
			this.accepted++;
			call.end(Reply.EMPTY);
		}
		else {
			this.room = Math.max(0, this.room - REFUSING_COSTS);
			this.refused++;
			call.end(Failure.nack(FailureKind.NOT_SENT, "overloaded", false));
		}
	}

	@Override
	public void open(Runnable over) {
		over.run();
	}

	@Override
	public String problem() {
		return "";
	}

	@Override
	public SinkState state() {
		return SinkState.OPEN;
	}

	@Override
	public CompletionStage<Void> close(Duration grace) {
		return CompletableFuture.completedFuture(null);
	}

}
