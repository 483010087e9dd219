package io.scalesrpc.mux.session;

import java.util.ArrayDeque;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.scalesrpc.metrics.Event;
import io.scalesrpc.mux.MuxFrame;
import io.scalesrpc.mux.MuxProtocolException;
import io.scalesrpc.mux.TdiscardedCodec;
import org.jspecify.annotations.Nullable;

/**
 * Writes frames to the channel: small ones of one turn of the event loop in one piece,
 * flushes at its end, keeps requests back while the peer reads too slowly (so that an
 * abandoned one need not be sent at all), and cuts bodies that are longer than the peer
 * takes into pieces, which take turns with the pieces of other requests. <em>Confined to
 * the connection's event loop</em>.
 */
final class MuxWriter {

	private static final int MAX_GIVEN_UP = 64;

	/** Larger frames are not worth a copy. */
	private static final int MAX_GATHERED_BYTES = 1024;

	/** Less than what makes the channel full. */
	private static final int ROOM_BYTES = 16 * 1024;

	private final Channel channel;

	private final int maxBodyBytes;

	private final MuxSessionContext context;

	private final RequestBuffers buffers;

	private final ArrayDeque<MuxDispatch> queue = new ArrayDeque<>();

	private final Runnable flush = this::flush;

	/** Small frames that are written in one piece when the turn of the loop ends. */
	private @Nullable ByteBuf gathered;

	/** Whether they are copies, in a buffer with room for more. */
	private boolean isCopy;

	private boolean flushScheduled;

	private int givenUp;

	/**
	 * Creates a writer.
	 * @param channel where frames go
	 * @param maxBodyBytes the largest body the peer takes in one piece
	 * @param context counts the bytes and limits what a peer that does not read may ask
	 * @param buffers takes back those of requests that are copied
	 */
	MuxWriter(Channel channel, int maxBodyBytes, MuxSessionContext context, RequestBuffers buffers) {
		this.channel = channel;
		this.maxBodyBytes = maxBodyBytes;
		this.context = context;
		this.buffers = buffers;
	}

	/** Writes a control frame now, before any request that waits. */
	void write(ByteBuf frame) {
		write(frame, frame.readableBytes() <= MAX_GATHERED_BYTES);
	}

	private void write(ByteBuf frame, boolean gathers) {
		assert this.channel.eventLoop().inEventLoop();
		this.context.metrics().count(Event.BYTES_SENT, frame.readableBytes());
		if (gathers) {
			gather(frame);
		}
		else {
			writeGathered();
			this.channel.write(frame, this.channel.voidPromise());
		}
		if (!this.flushScheduled) {
			this.flushScheduled = true;
			this.channel.eventLoop().execute(this.flush);
		}
	}

	/** The first of a turn may be the only one, and is not copied before it is not. */
	private void gather(ByteBuf frame) {
		ByteBuf others = this.gathered;
		if (others == null) {
			this.gathered = frame;
			this.isCopy = false;
			return;
		}
		ByteBuf room = this.isCopy ? others : copies(others);
		if (room.writableBytes() < frame.readableBytes()) {
			writeGathered();
			gather(frame);
		}
		else {
			copy(frame, room);
		}
	}

	private ByteBuf copies(ByteBuf first) {
		ByteBuf room = this.channel.alloc().buffer(ROOM_BYTES, ROOM_BYTES);
		copy(first, room);
		this.gathered = room;
		this.isCopy = true;
		return room;
	}

	private void copy(ByteBuf frame, ByteBuf room) {
		room.writeBytes(frame);
		this.buffers.giveBack(frame);
	}

	private void writeGathered() {
		ByteBuf written = this.gathered;
		if (written != null) {
			this.gathered = null;
			this.channel.write(written, this.channel.voidPromise());
		}
	}

	/** Writes a request, or keeps it until the channel takes more. */
	void write(MuxDispatch dispatch) {
		this.queue.add(dispatch);
		writeQueued();
	}

	/** How many requests wait, those that were given up included. */
	int queued() {
		return this.queue.size();
	}

	/** Goes on writing; called again whenever the channel has become writable. */
	void writeQueued() {
		assert this.channel.eventLoop().inEventLoop();
		while (this.channel.isWritable()) {
			MuxDispatch next = this.queue.poll();
			if (next == null) {
				return;
			}
			if (next.hasMore()) {
				writeNext(next);
				if (next.hasMore()) {
					this.queue.add(next);
				}
				next.pieceWritten();
			}
		}
	}

	/** Between two pieces the channel is asked whether it takes more. */
	private void writeNext(MuxDispatch dispatch) {
		boolean begun = dispatch.isHalfWritten();
		ByteBuf piece = dispatch.nextPiece(this.channel.alloc(), this.maxBodyBytes);
		boolean whole = !begun && !dispatch.isHalfWritten();
		write(piece, whole && piece.readableBytes() <= MAX_GATHERED_BYTES);
	}

	/**
	 * Takes note that a request which may wait here was given up. Such requests do not
	 * pile up behind a slow reader: they go when they are the larger half.
	 */
	void givenUp() {
		assert this.channel.eventLoop().inEventLoop();
		if (++this.givenUp > MAX_GIVEN_UP && this.givenUp > this.queue.size() / 2) {
			this.queue.removeIf((dispatch) -> !dispatch.hasMore());
			this.givenUp = 0;
		}
	}

	/**
	 * Lets go of the requests that wait, which are ended elsewhere, and hands what was
	 * written to the socket, as far as it takes it.
	 */
	void close() {
		this.queue.clear();
		writeGathered();
		this.channel.flush();
	}

	/** Tells the server that nobody waits for a request any more. */
	void discard(int tag, String why) {
		write(TdiscardedCodec.encode(this.channel.alloc(), tag, why));
	}

	/**
	 * Answers a message of the server; one that asks and asks and never reads would fill
	 * the memory.
	 */
	void acknowledge(int type, int tag) {
		long unread = this.channel.bytesBeforeWritable();
		int limit = this.context.limits().maxWriteQueueBytes();
		if (unread > limit) {
			throw new MuxProtocolException(
					"bytes the server does not read: " + unread + " (expected: <= " + limit + ")");
		}
		write(MuxFrame.empty(this.channel.alloc(), type, tag));
	}

	private void flush() {
		this.flushScheduled = false;
		writeGathered();
		this.channel.flush();
	}

}
