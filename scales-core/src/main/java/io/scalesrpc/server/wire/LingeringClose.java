package io.scalesrpc.server.wire;

import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.ssl.SslHandler;

/**
 * Closes a connection in two steps: says that nothing more will come, then waits a while
 * for the client to close. Closing at once while bytes of the client are unread makes the
 * kernel send a reset, upon which the client's kernel throws away the last reply.
 * <em>Immutable</em>.
 */
public final class LingeringClose implements ChannelFutureListener {

	public static final LingeringClose INSTANCE = new LingeringClose();

	private static final long LINGER_MILLIS = 1000;

	private LingeringClose() {
	}

	@Override
	public void operationComplete(ChannelFuture flushed) {
		Channel channel = flushed.channel();
		if (!flushed.isSuccess() || !(channel instanceof DuplexChannel duplex)) {
			channel.close();
			return;
		}
		SslHandler tls = channel.pipeline().get(SslHandler.class);
		if (tls != null) {
			// So that nobody takes the end for one that was made on the way.
			tls.closeOutbound().addListener((said) -> duplex.shutdownOutput());
		}
		else {
			duplex.shutdownOutput();
		}
		channel.config().setAutoRead(true);
		Future<?> linger = channel.eventLoop()
			.schedule((Runnable) channel::close, LINGER_MILLIS, TimeUnit.MILLISECONDS);
		channel.closeFuture().addListener((closed) -> linger.cancel(false));
	}

}
