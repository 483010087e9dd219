package io.scalesrpc.http.http1;

import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.netty.channel.Channel;
import io.scalesrpc.http.HttpFields;
import io.scalesrpc.http.message.HttpContext;
import io.scalesrpc.time.Timer.Timeout;
import org.jspecify.annotations.Nullable;

/**
 * How long the server keeps an idle connection, if it says so
 * ({@code Keep-Alive: timeout=5}, RFC 2068, 19.7.1.1). A request that is on its way while
 * the server hangs up is lost, so the last second of that time is not used, or its second
 * half if it is short. <em>Confined to the connection's event loop</em>, but for
 * {@link #isOver}.
 */
final class KeepAliveHint {

	private static final long MARGIN_NANOS = TimeUnit.SECONDS.toNanos(1);

	private static final Pattern TIMEOUT = Pattern.compile("(?:^|[\\s,;])timeout\\s*=\\s*\"?(\\d{1,9})(?!\\d)",
			Pattern.CASE_INSENSITIVE);

	private static final long NONE = -1;

	private final HttpContext context;

	private final Channel channel;

	private final Runnable onOver;

	/** What was said last, as a rule the same each time. */
	private String said = "";

	private long limitNanos = NONE;

	private volatile boolean limited;

	private volatile long overNanos;

	private @Nullable Timeout timeout;

	/**
	 * Begins without a limit.
	 * @param context tells the time and wakes this
	 * @param channel has the event loop
	 * @param onOver told on the event loop that the time is over, whether or not the
	 * connection is idle
	 */
	KeepAliveHint(HttpContext context, Channel channel, Runnable onOver) {
		this.context = context;
		this.channel = channel;
		this.onOver = onOver;
	}

	/**
	 * The connection is open, and what the server would say of it is not known: some are
	 * opened for calls that find another one. It is what was said last of others.
	 */
	void opened() {
		String text = this.context.keepAlive().get();
		begin(text != null && limit(text) > 0);
	}

	/** An answer is complete; if nothing follows the connection is idle from now on. */
	void answered(HttpFields headers) {
		String text = headers.first("keep-alive");
		begin(text != null && limit(text) != NONE);
	}

	private void begin(boolean known) {
		this.limited = known;
		if (known) {
			this.overNanos = this.context.ticker().nanos() + this.limitNanos;
			if (this.timeout == null && this.limitNanos > 0) {
				ringIn(this.limitNanos);
			}
		}
	}

	/** Whether the connection is of no use any more if it is idle. Runs on any thread. */
	boolean isOver() {
		return this.limited && this.context.ticker().nanos() - this.overNanos >= 0;
	}

	void stop() {
		this.limited = false;
		if (this.timeout != null) {
			this.timeout.cancel();
			this.timeout = null;
		}
	}

	private long limit(String text) {
		if (!text.equals(this.said)) {
			Matcher timeout = TIMEOUT.matcher(text);
			long nanos = timeout.find() ? TimeUnit.SECONDS.toNanos(Long.parseLong(timeout.group(1))) : NONE;
			this.limitNanos = nanos - Math.min(MARGIN_NANOS, Math.max(0, nanos / 2));
			this.said = text;
			this.context.keepAlive().set(text);
		}
		return this.limitNanos;
	}

	private void look() {
		this.timeout = null;
		long left = this.overNanos - this.context.ticker().nanos();
		if (this.limited && left > 0) {
			ringIn(left);
		}
		else if (this.limited) {
			this.onOver.run();
		}
	}

	private void ringIn(long nanos) {
		try {
			this.timeout = this.context.timer().schedule(this::lookThere, nanos, TimeUnit.NANOSECONDS);
		}
		catch (IllegalStateException ex) {
			// The timer is closed, and the connection is about to be.
		}
	}

	private void lookThere() {
		try {
			this.channel.eventLoop().execute(this::look);
		}
		catch (RejectedExecutionException ex) {
			// The event loop is gone, and with it the connection.
		}
	}

}
