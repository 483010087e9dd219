package io.scalesrpc.serial;

import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import org.jspecify.annotations.Nullable;

import io.scalesrpc.call.Call;
import io.scalesrpc.call.Failure;
import io.scalesrpc.call.FailureKind;
import io.scalesrpc.call.SinkState;
import io.scalesrpc.transport.Connection;
import io.scalesrpc.transport.ConnectionEnd;
import io.scalesrpc.transport.Occupancy;

/**
 * A serial connection as the stack sees it: encodes a call on the thread that dispatches
 * it and hands it over to the event loop. While it has as many calls as it takes it is
 * busy, and from the moment an answer is owed that nobody waits for it is closed.
 * <em>Thread-safe</em>.
 */
final class SerialConnection implements Connection {

	/** Enough for most requests: a buffer that grows is copied. */
	private static final int INITIAL_BYTES = 256;

	/** What may come before a message, such as its length. */
	private static final int HEADER_BYTES = 4;

	private final SerialSession session;

	private final Channel channel;

	private final ConnectionEnd end;

	private final AtomicInteger sequence = new AtomicInteger();

	SerialConnection(SerialSession session) {
		this.session = session;
		this.channel = session.channel();
		this.end = new ConnectionEnd(session, session.context().timer());
	}

	@Override
	public void dispatch(Call call) {
		if (call.isEnded()) {
			return;
		}
		Occupancy status = this.session.status();
		String refusal = status.begin();
		if (refusal != null) {
			this.end.refuse(call, refusal, status);
			return;
		}
		int maxBytes = HEADER_BYTES + this.session.context().limits().maxFrameBytes();
		ByteBuf frame = this.channel.alloc().buffer(INITIAL_BYTES, maxBytes);
		int sequenceId = this.sequence.incrementAndGet();
		Failure failure = encode(call, sequenceId, frame);
		if (failure != null) {
			frame.release();
			status.finished();
			call.end(failure);
			return;
		}
		send(new SerialExchange(this.session, call, sequenceId, frame));
	}

	/** Encodes a request; if not, says why. */
	private @Nullable Failure encode(Call call, int sequenceId, ByteBuf frame) {
		try {
			this.session.context().codec().encode(call, sequenceId, frame);
		}
		catch (Throwable ex) {
			return Failure.of(FailureKind.BUG, "request that cannot be encoded: " + ex.getMessage(), ex);
		}
		String refusal = this.session.queue().refusal(frame.readableBytes());
		return (refusal != null) ? Failure.of(FailureKind.NOT_SENT, refusal) : null;
	}

	/** Registered first, so that whatever ends the call from here on is seen. */
	private void send(SerialExchange exchange) {
		exchange.call().onOutcome(exchange);
		try {
			this.channel.eventLoop().execute(exchange);
		}
		catch (RejectedExecutionException ex) {
			exchange.refuse("connection is closed", ex);
		}
	}

	@Override
	public SinkState state() {
		return this.session.status().state();
	}

	@Override
	public boolean isDraining() {
		return this.session.status().isDraining();
	}

	@Override
	public boolean hasServed() {
		return this.session.status().hasServed();
	}

	@Override
	public void check(Runnable over) {
		this.end.check(over);
	}

	@Override
	public void onUnsent(Consumer<Call> taker) {
		this.session.status().unsent().to(taker);
	}

	@Override
	public void onClosed(Consumer<@Nullable Failure> listener) {
		this.end.tell(listener);
	}

	@Override
	public CompletionStage<Void> close(Duration grace) {
		return this.end.begin(grace);
	}

}
