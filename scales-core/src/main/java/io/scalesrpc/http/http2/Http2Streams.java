package io.scalesrpc.http.http2;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

import io.netty.channel.Channel;
import io.netty.handler.codec.http2.Http2Connection;
import io.netty.handler.codec.http2.Http2ConnectionAdapter;
import io.netty.handler.codec.http2.Http2Stream;

/**
 * Opens no more streams of a connection than the server allows; what is beyond waits
 * here, where it can be given up. Netty would let it wait, too, but sends it when there
 * is room although its stream was closed meanwhile, and then waits for an answer for
 * ever. <em>Confined to the connection's event loop</em>.
 */
final class Http2Streams {

	private static final int MAX_GIVEN_UP = 64;

	private final Channel channel;

	private final Http2Connection connection;

	private final Consumer<Http2Exchange> opener;

	private final ArrayDeque<Http2Exchange> waiting = new ArrayDeque<>();

	private int givenUp;

	private boolean scheduled;

	/**
	 * Begins to count.
	 * @param channel the connection
	 * @param connection what Netty knows of it
	 * @param opener opens the stream of an exchange
	 */
	Http2Streams(Channel channel, Http2Connection connection, Consumer<Http2Exchange> opener) {
		this.channel = channel;
		this.connection = connection;
		this.opener = opener;
		connection.addListener(new Http2ConnectionAdapter() {

			@Override
			public void onStreamClosed(Http2Stream stream) {
				openSoon();
			}

		});
	}

	/** Opens a stream for an exchange, or lets it wait for one. */
	void enter(Http2Exchange exchange) {
		this.waiting.add(exchange);
		open();
	}

	/** Opens as many as the server allows now. */
	void open() {
		while (!this.waiting.isEmpty() && isRoom()) {
			Http2Exchange next = this.waiting.remove();
			if (next.isQueued()) {
				this.opener.accept(next);
			}
		}
	}

	private boolean isRoom() {
		Http2Connection.Endpoint<?> own = this.connection.local();
		return own.numActiveStreams() < own.maxActiveStreams();
	}

	/** Not in the middle of what Netty does with its streams. */
	private void openSoon() {
		if (!this.scheduled && !this.waiting.isEmpty()) {
			this.scheduled = true;
			this.channel.eventLoop().execute(() -> {
				this.scheduled = false;
				open();
			});
		}
	}

	/** One of those that wait was given up. They do not pile up. */
	void givenUp() {
		if (++this.givenUp > MAX_GIVEN_UP && this.givenUp > this.waiting.size() / 2) {
			this.waiting.removeIf((exchange) -> !exchange.isQueued());
			this.givenUp = 0;
		}
	}

	/** None of those that wait will have a stream. */
	void end(Consumer<Http2Exchange> fate) {
		List<Http2Exchange> left = new ArrayList<>(this.waiting);
		this.waiting.clear();
		left.forEach(fate);
	}

}
