package io.scalesrpc.http.http1;

import java.time.Duration;
import java.util.Objects;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.scalesrpc.http.message.HttpContext;
import io.scalesrpc.transport.ConnectionFactory.Listener;
import io.scalesrpc.transport.channel.ConnectAttempt;
import org.jspecify.annotations.Nullable;

/**
 * The opening of one HTTP/1.1 connection: it takes calls as soon as there is a channel.
 * <em>Thread-safe</em>.
 */
public final class Http1Opening extends ChannelInitializer<Channel> {

	private final HttpContext context;

	private final String authority;

	private final ConnectAttempt attempt;

	/**
	 * Not to be asked of the pipeline, which has none any more once the channel is
	 * closed.
	 */
	private volatile @Nullable Http1Session session;

	public Http1Opening(HttpContext context, String authority, Listener listener) {
		this.context = context;
		this.authority = authority;
		this.attempt = new ConnectAttempt(listener);
	}

	@Override
	protected void initChannel(Channel channel) {
		this.session = Http1Session.on(channel, this.context);
	}

	/** Waits for the connection; the limit includes the resolution of the name. */
	public void await(ChannelFuture connecting, Duration limit) {
		this.attempt.watch(connecting, limit, this.context.timer(), () -> "no connection");
		connecting.addListener((connected) -> {
			if (connected.isSuccess()) {
				this.attempt.opened(this::connection, connecting.channel());
			}
		});
	}

	private Http1Connection connection() {
		return new Http1Connection(Objects.requireNonNull(this.session, "session"), this.authority);
	}

}
