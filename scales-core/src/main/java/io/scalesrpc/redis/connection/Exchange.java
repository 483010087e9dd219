package io.scalesrpc.redis.connection;

import io.lettuce.core.protocol.Command;
import io.lettuce.core.protocol.ProtocolKeyword;
import io.netty.buffer.ByteBuf;
import io.scalesrpc.call.Call;
import io.scalesrpc.call.Outcome;
import io.scalesrpc.transport.channel.ChannelConnection;
import io.scalesrpc.transport.channel.SessionEnd;
import org.jspecify.annotations.Nullable;

/**
 * One command on one connection: what Lettuce queues, the task that sends it and the
 * observer of its call's outcome. One object for the three, because there is one a call.
 * <p>
 * Phases: NEW; QUEUED when it waits for the channel; SENT when it is with the channel;
 * from any of these to DONE when it is answered, dropped or lost; from SENT to OWED when
 * nobody waits any more but the reply is still to come, and from there to DONE with that
 * reply. <em>Confined to the connection's event loop</em>, but for {@link #ended}.
 */
final class Exchange extends Command<byte[], byte[], Object> implements ChannelConnection.Request {

	/** Where the exchange stands. */
	enum Phase {

		NEW, QUEUED, SENT, OWED, DONE

	}

	private final RedisSession session;

	private final @Nullable Call call;

	private final byte[] bytes;

	Phase phase = Phase.NEW;

	/**
	 * Creates an exchange.
	 * @param session where it takes place
	 * @param call what is asked; null for a command of the session itself
	 * @param keyword the name of the command
	 * @param bytes the command as it goes over the wire
	 */
	Exchange(RedisSession session, @Nullable Call call, ProtocolKeyword keyword, byte[] bytes) {
		super(keyword, new ReplyOutput());
		this.session = session;
		this.call = call;
		this.bytes = bytes;
	}

	@Nullable Call call() {
		return this.call;
	}

	int size() {
		return this.bytes.length;
	}

	ReplyOutput reply() {
		return (ReplyOutput) getOutput();
	}

	/** Whether somebody waits for the reply. */
	boolean isWanted() {
		return this.call == null || !this.call.isEnded();
	}

	/** Sends the command; the connection runs this on its event loop. */
	@Override
	public void run() {
		this.session.send(this);
	}

	/**
	 * Runs on any thread: the phase read here may be stale, so the session looks again.
	 */
	@Override
	public void ended(Call ended, Outcome outcome) {
		if (this.phase != Phase.DONE) {
			this.session.abandon(this, outcome);
		}
	}

	@Override
	public void giveBack(String reason, @Nullable Throwable cause) {
		this.session.giveBack(this, reason, cause);
	}

	@Override
	public void encode(ByteBuf buffer) {
		buffer.writeBytes(this.bytes);
	}

	/** Lettuce has read the reply. */
	@Override
	public void complete() {
		super.complete();
		this.session.replied(this);
	}

	/** Lettuce gives the command up, for whatever reason: what follows is not trusted. */
	@Override
	public boolean completeExceptionally(Throwable reason) {
		boolean first = super.completeExceptionally(reason);
		this.session.ending().fail("connection lost: " + SessionEnd.text(reason), reason);
		return first;
	}

	@Override
	public void cancel() {
		super.cancel();
		this.session.ending().fail("connection lost: command cancelled", null);
	}

}
