package io.scalesrpc.serial;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

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

	private final @Nullable SerialGreeting greeting;

	private final AtomicBoolean told = new AtomicBoolean();

	private volatile @Nullable Timeout timeout;

	SerialOpening(SerialContext context, Listener listener) {
		this.context = context;
		this.listener = listener;
		this.greeting = context.codec().greeting();
	}

	@Override
	protected void initChannel(Channel channel) {
		SerialGreeting first = this.greeting;
		channel.pipeline()
			.addLast((first != null) ? new SerialGreeter(this, this.context, first)
					: new SerialSession(channel, this.context));
	}

	/**
	 * Waits for the connection; the limit includes the resolution of the name and the
	 * answer to the greeting.
	 */
	void await(ChannelFuture connecting, Duration limit) {
		Timeout waiting = this.context.timer()
			.schedule(() -> tooLate(connecting, limit), limit.toNanos(), TimeUnit.NANOSECONDS);
		this.timeout = waiting;
		if (this.told.get()) {
			waiting.cancel();
		}
		connecting.addListener((connected) -> connected(connecting.channel(), connected));
	}

	private void connected(Channel channel, Future<? super Void> connected) {
		if (!connected.isSuccess()) {
			fail("cannot connect: " + connected.cause().getMessage(), connected.cause());
		}
		else if (this.greeting == null) {
			ready(channel.pipeline().get(SerialSession.class));
		}
	}

	/** The connection takes calls. */
	void ready(SerialSession session) {
		if (isFirst()) {
			this.listener.opened(new SerialConnection(session));
		}
		else {
			session.channel().close();
		}
	}

	/** There will be no connection, if there is none yet. */
	void fail(String reason, @Nullable Throwable cause) {
		if (isFirst()) {
			this.listener.failed(Failure.of(FailureKind.NOT_SENT, reason, cause));
		}
	}

	private void tooLate(ChannelFuture connecting, Duration limit) {
		SerialGreeting first = this.greeting;
		String missing = (first != null && connecting.isSuccess()) ? first.name() + ": no answer" : "no connection";
		if (isFirst()) {
			String waitingFor = Connector.waitingFor(connecting.channel());
			connecting.channel().close();
			this.listener
				.failed(Failure.of(FailureKind.NOT_SENT, missing + " within " + limit.toMillis() + " ms" + waitingFor));
		}
	}

	private boolean isFirst() {
		boolean first = this.told.compareAndSet(false, true);
		Timeout waiting = this.timeout;
		if (first && waiting != null) {
			waiting.cancel();
		}
		return first;
	}

}
