package io.scalesrpc.mux.session;

import java.util.concurrent.atomic.AtomicInteger;

import io.scalesrpc.call.Call;
import io.scalesrpc.call.SinkState;
import io.scalesrpc.transport.channel.ChannelConnection;

/**
 * A mux connection as the stack sees it. <em>Thread-safe</em>.
 */
final class MuxConnection extends ChannelConnection {

	private final MuxSession session;

	/**
	 * Sequence ids differ between calls that are near each other, which is all that is
	 * asked of them.
	 */
	private final AtomicInteger sequence = new AtomicInteger();

	MuxConnection(MuxSession session, MuxSessionContext context) {
		super(session, context.timer());
		this.session = session;
	}

	@Override
	protected MuxDispatch encode(Call call) throws Exception {
		int sequenceId = this.sequence.incrementAndGet();
		boolean treq = this.session.speaksTreq();
		return new MuxDispatch(this.session, call, sequenceId, this.session.encoder().encode(call, sequenceId, treq),
				treq);
	}

	@Override
	protected boolean sendsAtOnce() {
		return true;
	}

	@Override
	public SinkState state() {
		SinkState state = super.state();
		return (state == SinkState.OPEN && this.session.lease().isExpired()) ? SinkState.BUSY : state;
	}

}
