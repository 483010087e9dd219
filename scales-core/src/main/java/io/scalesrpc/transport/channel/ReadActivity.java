package io.scalesrpc.transport.channel;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.scalesrpc.Internal;

/**
 * Counts the reads of a channel, below anything that waits for a whole message: whoever
 * still sends bytes is alive, though the answer to a ping stands behind them.
 * <em>Confined to the connection's event loop</em>.
 */
@Internal
public final class ReadActivity extends ChannelInboundHandlerAdapter {

	private long reads;

	private ReadActivity() {
	}

	/**
	 * Watches a channel from now on.
	 * @param channel not watched before
	 * @return counts its reads
	 */
	public static ReadActivity watch(Channel channel) {
		ReadActivity activity = new ReadActivity();
		channel.pipeline().addFirst(activity);
		return activity;
	}

	/**
	 * How often bytes have come.
	 * @return a count that only grows
	 */
	public long reads() {
		return this.reads;
	}

	@Override
	public void channelRead(ChannelHandlerContext ctx, Object message) {
		this.reads++;
		ctx.fireChannelRead(message);
	}

}
