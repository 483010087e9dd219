package io.scalesrpc.serial;

import java.time.Duration;
import java.util.Objects;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.scalesrpc.transport.ConnectionFactory.Listener;
import io.scalesrpc.transport.channel.ConnectAttempt;
import org.jspecify.annotations.Nullable;

/**
 * The opening of one connection: the channel, and the answer to the greeting if there is
 * one. <em>Thread-safe</em>.
 */
final class SerialOpening extends ChannelInitializer<Channel> {

	private final SerialContext context;

	private final ConnectAttempt attempt;

	private final @Nullable SerialGreeting greeting;

	/**
	 * Not to be asked of the pipeline, which has none any more once the channel is
	 * closed.
	 */
	private volatile @Nullable SerialSession session;

	SerialOpening(SerialContext context, Listener listener) {
		this.context = context;
		this.attempt = new ConnectAttempt(listener);
		this.greeting = context.codec().greeting();
	}

	@Override
	protected void initChannel(Channel channel) {
		SerialGreeting first = this.greeting;
		if (first != null) {
			channel.pipeline().addLast(new SerialGreeter(this, this.context, first));
			return;
		}
		SerialSession added = new SerialSession(channel, this.context);
		this.session = added;
		channel.pipeline().addLast(added);
	}

	/**
	 * Waits for the connection; the limit includes the resolution of the name and the
	 * answer to the greeting.
	 */
	void await(ChannelFuture connecting, Duration limit) {
		this.attempt.watch(connecting, limit, this.context.timer(), () -> missing(connecting));
		if (this.greeting == null) {
			connecting.addListener((connected) -> {
				if (connected.isSuccess()) {
					ready(Objects.requireNonNull(this.session, "session"), connecting.channel());
				}
			});
		}
	}

	/** The connection takes calls. */
	void ready(SerialSession session, Channel channel) {
		this.attempt.opened(() -> new SerialConnection(session), channel);
	}

	/** There will be no connection, if there is none yet. */
	void fail(String reason, @Nullable Throwable cause) {
		this.attempt.failed(reason, cause);
	}

	private String missing(ChannelFuture connecting) {
		SerialGreeting first = this.greeting;
		return (first != null && connecting.isSuccess()) ? first.name() + ": no answer" : "no connection";
	}

}
