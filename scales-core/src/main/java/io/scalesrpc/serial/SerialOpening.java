package io.scalesrpc.serial;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.util.concurrent.Future;

import io.scalesrpc.call.Failure;
import io.scalesrpc.call.FailureKind;
import io.scalesrpc.time.Timer.Timeout;
import io.scalesrpc.transport.ConnectionFactory.Listener;
import io.scalesrpc.transport.Connector;

/**
 * One attempt to open a connection; tells its listener the first result and no other.
 * <em>Thread-safe</em>.
 */
final class SerialOpening extends ChannelInitializer<Channel> {

	private final SerialContext context;

	private final Listener listener;

	private final AtomicBoolean told = new AtomicBoolean();

	SerialOpening(SerialContext context, Listener listener) {
		this.context = context;
		this.listener = listener;
	}

	@Override
	protected void initChannel(Channel channel) {
		channel.pipeline().addLast(new SerialSession(channel, this.context));
	}

	/** Waits for the connection; the limit includes the resolution of the name. */
	void await(ChannelFuture connecting, Duration limit) {
		Timeout timeout = this.context.timer()
			.schedule(() -> tooLate(connecting, limit), limit.toNanos(), TimeUnit.NANOSECONDS);
		connecting.addListener((connected) -> {
			timeout.cancel();
			connected(connecting.channel(), connected);
		});
	}

	private void connected(Channel channel, Future<? super Void> connected) {
		if (!this.told.compareAndSet(false, true)) {
			channel.close();
		}
		else if (connected.isSuccess()) {
			this.listener.opened(new SerialConnection(channel.pipeline().get(SerialSession.class)));
		}
		else {
			this.listener.failed(Failure.of(FailureKind.NOT_SENT, "cannot connect: " + connected.cause().getMessage(),
					connected.cause()));
		}
	}

	private void tooLate(ChannelFuture connecting, Duration limit) {
		if (this.told.compareAndSet(false, true)) {
			String waitingFor = Connector.waitingFor(connecting.channel());
			connecting.channel().close();
			this.listener.failed(
					Failure.of(FailureKind.NOT_SENT, "no connection within " + limit.toMillis() + " ms" + waitingFor));
		}
	}

}
