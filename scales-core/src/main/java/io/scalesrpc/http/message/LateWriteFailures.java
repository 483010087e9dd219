package io.scalesrpc.http.message;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.util.concurrent.Future;
import io.scalesrpc.time.Timer;
import io.scalesrpc.time.Timer.Timeout;
import org.jspecify.annotations.Nullable;

/**
 * Tells that a write failed only after all that the server had sent was read: one that
 * refuses an upload says why, hangs up, and the rest of the upload cannot be written
 * while the answer waits in the socket. <em>Confined to the connection's event loop</em>.
 */
public final class LateWriteFailures extends ChannelDuplexHandler {

	/** The kernel knows that the connection is gone and says so at once, as a rule. */
	private static final long LIMIT_NANOS = TimeUnit.SECONDS.toNanos(1);

	private final Timer timer;

	private final Runnable onFailure;

	private final List<Runnable> kept = new ArrayList<>();

	private @Nullable Timeout limit;

	/**
	 * Creates a handler.
	 * @param timer ends the wait for a connection that does not end by itself
	 * @param onFailure told that nothing can be written any more
	 */
	public LateWriteFailures(Timer timer, Runnable onFailure) {
		this.timer = timer;
		this.onFailure = onFailure;
	}

	/** Else Netty would close the channel in the moment in which a write fails. */
	@Override
	public void handlerAdded(ChannelHandlerContext ctx) {
		ctx.channel().config().setAutoClose(false);
	}

	@Override
	public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
		ChannelPromise told = promise.unvoid();
		ctx.write(message, ctx.newPromise()).addListener((written) -> written(ctx, told, written));
	}

	private void written(ChannelHandlerContext ctx, ChannelPromise promise, Future<? super Void> written) {
		if (written.isSuccess()) {
			promise.trySuccess();
		}
		else if (written.cause() instanceof IOException && ctx.channel().isActive()) {
			this.kept.add(() -> promise.tryFailure(written.cause()));
			begin(ctx);
		}
		else {
			promise.tryFailure(written.cause());
		}
	}

	private void begin(ChannelHandlerContext ctx) {
		if (this.kept.size() > 1) {
			return;
		}
		this.onFailure.run();
		try {
			this.limit = this.timer.schedule(() -> onLoop(ctx, () -> end(ctx)), LIMIT_NANOS, TimeUnit.NANOSECONDS);
		}
		catch (IllegalStateException ex) {
			// The timer is closed, and everything else is about to be.
			end(ctx);
		}
	}

	private static void onLoop(ChannelHandlerContext ctx, Runnable task) {
		try {
			ctx.executor().execute(task);
		}
		catch (RejectedExecutionException ex) {
			// The event loop is gone, and with it the connection.
		}
	}

	private void end(ChannelHandlerContext ctx) {
		tell();
		ctx.close();
	}

	/** An answer may have no other end than that of the connection, which comes first. */
	@Override
	public void channelInactive(ChannelHandlerContext ctx) throws Exception {
		super.channelInactive(ctx);
		tell();
	}

	private void tell() {
		if (this.limit != null) {
			this.limit.cancel();
			this.limit = null;
		}
		List<Runnable> all = List.copyOf(this.kept);
		this.kept.clear();
		all.forEach(Runnable::run);
	}

}
