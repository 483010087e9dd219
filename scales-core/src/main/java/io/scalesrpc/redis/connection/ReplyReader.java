package io.scalesrpc.redis.connection;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.protocol.CommandHandler;
import io.lettuce.core.protocol.Endpoint;
import io.lettuce.core.resource.ClientResources;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;

/**
 * Lettuce's reader and queue, with another answer to what goes wrong: its own takes the
 * oldest command from the queue for any exception there is, and reads on; then every
 * reply goes to the command before its own. Here whatever is thrown, an {@link Error}
 * too, ends the connection. <em>Confined to the connection's event loop</em>.
 */
final class ReplyReader extends CommandHandler {

	private final RedisSession session;

	ReplyReader(RedisSession session, ClientOptions options, ClientResources resources, Endpoint endpoint) {
		super(options, resources, endpoint);
		this.session = session;
	}

	@Override
	public void channelRead(ChannelHandlerContext ctx, Object message) {
		ByteBuf bytes = (ByteBuf) message;
		if (!this.session.takes(bytes.readableBytes())) {
			bytes.release();
			return;
		}
		try {
			super.channelRead(ctx, bytes);
		}
		catch (Throwable ex) {
			this.session.ending().thrown(ex);
		}
	}

	/** Not passed on, and above all not to Lettuce's. */
	@Override
	public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
		this.session.ending().thrown(cause);
	}

	@Override
	public void channelWritabilityChanged(ChannelHandlerContext ctx) {
		this.session.flush();
		ctx.fireChannelWritabilityChanged();
	}

	@Override
	public void channelInactive(ChannelHandlerContext ctx) throws Exception {
		this.session.ending().closedByPeer();
		super.channelInactive(ctx);
	}

}
