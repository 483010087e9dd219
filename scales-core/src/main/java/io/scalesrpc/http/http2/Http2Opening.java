package io.scalesrpc.http.http2;

import java.time.Duration;
import java.util.Objects;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.scalesrpc.call.Failure;
import io.scalesrpc.http.message.HttpContext;
import io.scalesrpc.http.message.LateWriteFailures;
import io.scalesrpc.transport.ConnectionFactory.Listener;
import io.scalesrpc.transport.channel.ConnectAttempt;
import org.jspecify.annotations.Nullable;

/**
 * The opening of one HTTP/2 connection by prior knowledge or, with TLS, because the
 * server chose it: it takes calls when the server has sent its settings.
 * <em>Thread-safe</em>.
 */
public final class Http2Opening extends ChannelInitializer<Channel> {

	private final HttpContext context;

	private final String authority;

	private final Http2RequestHead requestHead;

	private final ConnectAttempt attempt;

	/**
	 * Not to be asked of the pipeline, which has none any more once the channel is
	 * closed.
	 */
	private volatile @Nullable Http2Session session;

	/**
	 * Creates an opening.
	 * @param context what all connections share
	 * @param authority the member's host and port
	 * @param tls whether it is to be by TLS, which requests say
	 * @param listener told of the connection, or why there is none
	 */
	public Http2Opening(HttpContext context, String authority, boolean tls, Listener listener) {
		this.context = context;
		this.requestHead = Http2RequestHead.over(tls);
		this.authority = authority;
		this.attempt = new ConnectAttempt(listener);
	}

	@Override
	protected void initChannel(Channel channel) {
		Http2Codec codec = Http2Codec.of(this.context);
		Http2Session added = new Http2Session(channel, codec, this.context, (failure) -> ready(channel, failure));
		this.session = added;
		channel.pipeline()
			.addLast(new LateWriteFailures(this.context.timer(), added.ending().occupancy()::close))
			.addLast(codec)
			.addLast(added);
	}

	/** Waits for the connection; the limit includes name resolution and settings. */
	public void await(ChannelFuture connecting, Duration limit) {
		this.attempt.watch(connecting, limit, this.context.timer(), () -> "no HTTP/2 connection");
	}

	private void ready(Channel channel, @Nullable Failure failure) {
		if (failure != null) {
			this.attempt.failed("no HTTP/2 connection: " + failure.reason(), failure.cause());
		}
		else {
			this.attempt.opened(this::connection, channel);
		}
	}

	private Http2Connection connection() {
		return new Http2Connection(Objects.requireNonNull(this.session, "session"), this.authority, this.requestHead);
	}

}
