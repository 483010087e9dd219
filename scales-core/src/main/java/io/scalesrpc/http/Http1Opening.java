package io.scalesrpc.http;

import java.time.Duration;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.scalesrpc.discovery.Member;
import io.scalesrpc.transport.ConnectAttempt;
import io.scalesrpc.transport.ConnectionFactory.Listener;

/**
 * The opening of one HTTP/1.1 connection: it takes calls as soon as there is a channel.
 * <em>Thread-safe</em>.
 */
final class Http1Opening extends ChannelInitializer<Channel> {

	private final HttpContext context;

	private final Member member;

	private final ConnectAttempt attempt;

	Http1Opening(HttpContext context, Member member, Listener listener) {
		this.context = context;
		this.member = member;
		this.attempt = new ConnectAttempt(listener);
	}

	@Override
	protected void initChannel(Channel channel) {
		Http1Session.on(channel, this.context);
	}

	/** Waits for the connection; the limit includes the resolution of the name. */
	void await(ChannelFuture connecting, Duration limit) {
		this.attempt.watch(connecting, limit, this.context.timer(), () -> "no connection");
		connecting.addListener((connected) -> {
			if (connected.isSuccess()) {
				this.attempt.opened(() -> connection(connecting.channel()), connecting.channel());
			}
		});
	}

	private Http1Connection connection(Channel channel) {
		return new Http1Connection(channel.pipeline().get(Http1Session.class), HttpContext.authority(this.member));
	}

}
