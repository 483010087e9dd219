package io.scalesrpc.server.wire;

import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.Queue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.scalesrpc.mux.FragmentWriter;
import org.jspecify.annotations.Nullable;

/**
 * The replies of one connection on their way out: as many as the channel has room for,
 * large ones in pieces that take turns. Flushes once per turn of the loop. <em>Confined
 * to the connection's event loop</em>.
 */
public final class ReplyWriter {

	private final Channel channel;

	private final Queue<Reply> replies = new ArrayDeque<>();

	private final UnreadReplies unread;

	private int fragmentLimit = Integer.MAX_VALUE;

	private boolean flushing;

	private final Runnable flush = this::flush;

	public ReplyWriter(Channel channel, UnreadReplies unread) {
		this.channel = channel;
		this.unread = unread;
	}

	/** The most body bytes that the client takes in one piece. */
	public void fragmentLimit(int limit) {
		assert this.channel.eventLoop().inEventLoop();
		this.fragmentLimit = limit;
	}

	/** Writes a frame that is no reply to a request, ahead of those that wait. */
	public void writeNow(ByteBuf frame) {
		assert this.channel.eventLoop().inEventLoop();
		this.channel.write(frame, this.channel.voidPromise());
		flushSoon();
	}

	/** Takes a reply over and writes it when the channel has room. */
	public void write(int tag, ByteBuf frame) {
		assert this.channel.eventLoop().inEventLoop();
		boolean whole = !FragmentWriter.isNeeded(frame, this.fragmentLimit);
		int counted = this.unread.counted(frame);
		if (whole && this.replies.isEmpty() && this.channel.isWritable()) {
			writeLast(frame, counted);
			flushSoon();
			return;
		}
		this.replies.add(new Reply(tag, frame, counted, whole ? null : new FragmentWriter(frame, this.fragmentLimit)));
		pump();
	}

	/** Writes what waits, as long as the channel has room. */
	public void pump() {
		assert this.channel.eventLoop().inEventLoop();
		boolean wrote = false;
		while (this.channel.isWritable()) {
			Reply reply = this.replies.poll();
			if (reply == null) {
				break;
			}
			writeOne(reply);
			wrote = true;
		}
		if (wrote) {
			flushSoon();
		}
	}

	private void writeOne(Reply reply) {
		FragmentWriter pieces = reply.pieces;
		if (pieces == null) {
			writeLast(reply.frame, reply.counted);
			return;
		}
		ByteBuf piece = pieces.next(this.channel.alloc());
		if (pieces.hasNext()) {
			this.channel.write(piece, this.channel.voidPromise());
			this.replies.add(reply);
		}
		else {
			pieces.release();
			writeLast(piece, reply.counted);
		}
	}

	private void writeLast(ByteBuf frame, int counted) {
		if (counted == 0) {
			this.channel.write(frame, this.channel.voidPromise());
		}
		else {
			this.channel.write(frame).addListener((written) -> this.unread.giveBack(counted));
		}
	}

	private void drop(Reply reply) {
		this.unread.giveBack(reply.counted);
		reply.frame.release();
	}

	public boolean isEmpty() {
		return this.replies.isEmpty();
	}

	public boolean holds(int tag) {
		for (Reply reply : this.replies) {
			if (reply.tag == tag) {
				return true;
			}
		}
		return false;
	}

	/** Drops the reply to a request, or the rest of it; whether there was one. */
	public boolean discard(int tag) {
		assert this.channel.eventLoop().inEventLoop();
		for (Iterator<Reply> waiting = this.replies.iterator(); waiting.hasNext();) {
			Reply reply = waiting.next();
			if (reply.tag == tag) {
				waiting.remove();
				drop(reply);
				return true;
			}
		}
		return false;
	}

	/** Drops what waits. */
	public void clear() {
		assert this.channel.eventLoop().inEventLoop();
		this.replies.forEach(this::drop);
		this.replies.clear();
	}

	/** Completes when all that was written has reached the socket. */
	public ChannelFuture flushAll() {
		assert this.channel.eventLoop().inEventLoop();
		return this.channel.writeAndFlush(Unpooled.EMPTY_BUFFER);
	}

	private void flushSoon() {
		if (!this.flushing) {
			this.flushing = true;
			this.channel.eventLoop().execute(this.flush);
		}
	}

	private void flush() {
		this.flushing = false;
		this.channel.flush();
	}

	/**
	 * A reply that waits. <em>Confined to the connection's event loop</em>.
	 *
	 * @param tag the tag of its request
	 * @param frame the whole frame
	 * @param counted what it counts as unread
	 * @param pieces cuts the frame, or {@code null} if it goes out whole
	 */
	private record Reply(int tag, ByteBuf frame, int counted, @Nullable FragmentWriter pieces) {
	}

}
