package io.scalesrpc.mux.session;

import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.scalesrpc.call.Call;
import io.scalesrpc.call.Failure;
import io.scalesrpc.call.FailureKind;
import io.scalesrpc.call.SinkState;
import io.scalesrpc.transport.Connection;
import io.scalesrpc.transport.ConnectionEnd;
import org.jspecify.annotations.Nullable;

/**
 * A mux connection as the stack sees it: encodes calls on the thread that dispatches
 * them, into a pooled buffer, and hands them over to the session's event loop.
 * <em>Thread-safe</em>.
 */
final class MuxConnection implements Connection {

	private final MuxSession session;

	private final Channel channel;

	private final ConnectionEnd end;

	/**
	 * Sequence ids differ between calls that are near each other, which is all that is
	 * asked of them.
	 */
	private final AtomicInteger sequence = new AtomicInteger();

	MuxConnection(MuxSession session, MuxSessionContext context) {
		this.session = session;
		this.channel = session.channel();
		this.end = new ConnectionEnd(session, context.timer());
	}

	@Override
	public void dispatch(Call call) {
		SessionStatus status = this.session.status();
		String refusal = status.refusal();
		if (refusal != null) {
			status.unsent().giveBack(call, refusal, null);
			return;
		}
		int sequenceId = this.sequence.incrementAndGet();
		boolean treq = status.speaksTreq();
		ByteBuf frame = this.session.encoder().encode(call, sequenceId, treq);
		if (frame != null) {
			refusal = status.refusal(frame.readableBytes());
			if (refusal != null) {
				frame.release();
				call.end(Failure.of(FailureKind.NOT_SENT, refusal));
				return;
			}
			send(new MuxDispatch(this.session, call, sequenceId, frame, treq));
		}
	}

	/**
	 * Registered first, so that whatever ends the call from here on is seen by the
	 * session.
	 */
	private void send(MuxDispatch dispatch) {
		this.session.status().callStarted();
		dispatch.call().onOutcome(dispatch);
		try {
			this.channel.eventLoop().execute(dispatch);
		}
		catch (RejectedExecutionException ex) {
			dispatch.giveBack("connection is closed", ex);
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
