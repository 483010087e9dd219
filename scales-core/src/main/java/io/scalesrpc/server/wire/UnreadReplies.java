package io.scalesrpc.server.wire;

import io.netty.buffer.ByteBuf;
import io.scalesrpc.mux.ByteBudget;
import org.jspecify.annotations.Nullable;

/**
 * Counts the replies of one connection from their encoding until the socket has them.
 * Small ones cost more to count than they weigh: the bound on calls bounds them, too.
 * <em>Thread-safe</em>.
 *
 * @param budget the part of this connection
 */
public record UnreadReplies(ByteBudget budget) {

	private static final int SMALL_BYTES = 16 * 1024;

	/** Null, or why there is no room for a reply: then nothing was counted. */
	@Nullable public String take(ByteBuf reply) {
		int bytes = counted(reply);
		return (bytes > 0) ? this.budget.take(bytes) : null;
	}

	/** What {@link #take} counts for a reply none of which was written yet. */
	int counted(ByteBuf reply) {
		int bytes = reply.readableBytes();
		return (bytes > SMALL_BYTES) ? bytes : 0;
	}

	/** The socket has a reply, or nobody wants it. */
	void giveBack(int counted) {
		if (counted > 0) {
			this.budget.giveBack(counted);
		}
	}

	/** Lets go of a reply that was taken and none of which was written. */
	public void drop(ByteBuf reply) {
		giveBack(counted(reply));
		reply.release();
	}

}
