package io.scalesrpc.transport;

import java.util.function.Consumer;

import io.netty.channel.Channel;
import io.netty.channel.ChannelPromise;
import io.scalesrpc.call.Failure;
import org.jspecify.annotations.Nullable;

/**
 * Whether and why a session has ended. It begins once, by whichever side; it is over when
 * the channel is closed, too, and then those who wait for it are told. A peer that closes
 * a channel may have sent the end of an answer before: so the session says that it has
 * ended, and not the channel. <em>Begun on the connection's event loop, else
 * thread-safe.</em>
 */
public final class SessionEnd {

	private final Channel channel;

	private final ChannelPromise over;

	private volatile @Nullable Ending ending;

	/**
	 * The end of a connection. <em>Immutable</em>.
	 *
	 * @param failure what went wrong, or null if it is closed in good order
	 */
	private record Ending(@Nullable Failure failure) {
	}

	/**
	 * Creates the end of a session that has not come.
	 * @param channel where the session speaks
	 */
	public SessionEnd(Channel channel) {
		this.channel = channel;
		this.over = channel.newPromise();
	}

	/**
	 * Begins the end. Whoever begins it closes the channel.
	 * @param failure what went wrong, or {@code null} if it is closed in good order
	 * @return {@code false} if it has begun before
	 */
	public boolean begin(@Nullable Failure failure) {
		assert this.channel.eventLoop().inEventLoop();
		if (hasBegun()) {
			return false;
		}
		this.ending = new Ending(failure);
		this.channel.closeFuture().addListener((closed) -> this.over.trySuccess());
		return true;
	}

	/**
	 * Whether the session is ending or has ended.
	 * @return {@code true} after {@link #begin}
	 */
	public boolean hasBegun() {
		return this.ending != null;
	}

	/**
	 * Why it ended.
	 * @return {@code null} if it did in good order, or has not ended
	 */
	public @Nullable Failure failure() {
		Ending known = this.ending;
		return (known != null) ? known.failure() : null;
	}

	/**
	 * Registers who is told once that it is over.
	 * @param listener told why, or {@code null} if it ended in good order; runs on the
	 * connection's event loop
	 */
	void tell(Consumer<@Nullable Failure> listener) {
		this.over.addListener((done) -> listener.accept(failure()));
	}

}
