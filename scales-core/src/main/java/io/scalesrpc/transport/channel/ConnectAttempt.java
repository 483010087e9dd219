package io.scalesrpc.transport.channel;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.scalesrpc.Internal;
import io.scalesrpc.call.Failure;
import io.scalesrpc.call.FailureKind;
import io.scalesrpc.time.Timer;
import io.scalesrpc.time.Timer.Timeout;
import io.scalesrpc.transport.Connection;
import io.scalesrpc.transport.ConnectionFactory.Listener;
import io.scalesrpc.transport.Connector;
import org.jspecify.annotations.Nullable;

/**
 * One attempt to open a connection, of whatever protocol: tells its listener the first
 * result and no other, and leaves no channel behind. <em>Thread-safe</em>.
 */
@Internal
public final class ConnectAttempt {

	private final Listener listener;

	private final AtomicBoolean told = new AtomicBoolean();

	private volatile @Nullable Timeout timeout;

	/**
	 * Creates an attempt.
	 * @param listener told how it went
	 */
	public ConnectAttempt(Listener listener) {
		this.listener = listener;
	}

	/**
	 * Watches a channel that is being connected, and gives up when that takes too long.
	 * @param connecting the channel
	 * @param limit how long it may take until {@link #opened}
	 * @param timer wakes the attempt then
	 * @param missing what there is not then, in words: {@code no connection}
	 */
	public void watch(ChannelFuture connecting, Duration limit, Timer timer, Supplier<String> missing) {
		try {
			Timeout waiting = timer.schedule(() -> tooLate(connecting.channel(), limit, missing), limit.toNanos(),
					TimeUnit.NANOSECONDS);
			this.timeout = waiting;
			if (this.told.get()) {
				waiting.cancel();
			}
		}
		catch (IllegalStateException ex) {
			// Without a timer it might never end.
			failed("the timer is closed", ex);
			connecting.channel().close();
		}
		watch(connecting);
	}

	/**
	 * Watches a channel that is being connected, by a protocol that limits the time
	 * itself.
	 * @param connecting the channel
	 */
	public void watch(ChannelFuture connecting) {
		connecting.addListener((connected) -> {
			if (!connected.isSuccess()) {
				failed("cannot connect: " + connected.cause().getMessage(), connected.cause());
			}
		});
	}

	/**
	 * The protocol is ready for calls.
	 * @param connection makes the connection, if it is the first result
	 * @param channel its channel, closed if it is not
	 */
	public void opened(Supplier<Connection> connection, Channel channel) {
		if (isFirst()) {
			this.listener.opened(connection.get());
		}
		else {
			channel.close();
		}
	}

	/**
	 * There will be no connection, unless there is one already.
	 * @param reason why, without the name of the member
	 * @param cause what was thrown, if anything was
	 */
	public void failed(String reason, @Nullable Throwable cause) {
		if (isFirst()) {
			this.listener.failed(Failure.of(FailureKind.NOT_SENT, reason, cause));
		}
	}

	private void tooLate(Channel channel, Duration limit, Supplier<String> missing) {
		if (isFirst()) {
			String reason = missing.get() + " within " + limit.toMillis() + " ms" + Connector.waitingFor(channel);
			channel.close();
			this.listener.failed(Failure.of(FailureKind.NOT_SENT, reason));
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
