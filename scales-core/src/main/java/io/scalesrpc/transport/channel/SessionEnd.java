package io.scalesrpc.transport.channel;

import java.io.IOException;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;

import io.netty.channel.Channel;
import io.netty.channel.ChannelPromise;
import io.scalesrpc.Internal;
import io.scalesrpc.call.Failure;
import io.scalesrpc.call.FailureKind;
import io.scalesrpc.log.PeerText;
import org.jspecify.annotations.Nullable;

/**
 * Whether and why a session has ended, the same for every protocol. It begins once, by
 * whichever side; it is over when the channel is closed, too, and then those who wait for
 * it are told. A peer that closes a channel may have sent the end of an answer before: so
 * the session says that it has ended, and not the channel.
 * <p>
 * The end is in good order, and says nothing against the server, if this side brought it
 * about, or the server did and owed nothing or had said that it would. <em>Confined to
 * the connection's event loop</em>, but for what says otherwise.
 */
@Internal
public final class SessionEnd {

	private final Channel channel;

	private final ConnectionStatus occupancy;

	private final Consumer<Failure> left;

	private final ChannelPromise over;

	private volatile @Nullable Ending ending;

	/**
	 * The end of a connection. <em>Immutable</em>.
	 *
	 * @param failure what went wrong, or null if it is closed in good order
	 * @param lost what calls end with that are left
	 */
	private record Ending(@Nullable Failure failure, Failure lost) {
	}

	/**
	 * Creates the end of a session that has not come.
	 * @param channel where the session speaks
	 * @param occupancy whether the session takes calls
	 * @param left lets go of all that the session holds, once, when the end begins: told
	 * what the calls end with that are left. The channel is closed after that
	 */
	public SessionEnd(Channel channel, ConnectionStatus occupancy, Consumer<Failure> left) {
		this.channel = channel;
		this.occupancy = occupancy;
		this.left = left;
		this.over = channel.newPromise();
	}

	/**
	 * Where the session speaks. Asked on any thread.
	 * @return the channel
	 */
	public Channel channel() {
		return this.channel;
	}

	/**
	 * Whether the session takes calls. Asked on any thread.
	 * @return the same for as long as the session lives
	 */
	public ConnectionStatus occupancy() {
		return this.occupancy;
	}

	/**
	 * Whether the session is ending or has ended. Asked on any thread.
	 * @return {@code true} from the beginning of the end on
	 */
	public boolean hasBegun() {
		return this.ending != null;
	}

	/**
	 * Why it ended. Asked on any thread.
	 * @return {@code null} if it did in good order, or has not ended
	 */
	public @Nullable Failure failure() {
		Ending known = this.ending;
		return (known != null) ? known.failure() : null;
	}

	/** Takes no more calls, and ends the connection when those it has are over. */
	public void drain() {
		this.occupancy.drain();
		closeIfDrained();
	}

	/** Ends a connection that takes no more calls and has none; else does nothing. */
	public void closeIfDrained() {
		if (this.occupancy.isDraining() && this.occupancy.isIdle()) {
			abort();
		}
	}

	/** Ends the connection now, because this side wants to, and the calls it has. */
	public void abort() {
		begin(null, "connection closed by this client");
	}

	/** Ends the connection: the server has closed it. */
	public void closedByPeer() {
		String reason = "connection closed by the server";
		boolean inOrder = this.occupancy.isDraining() || this.occupancy.isIdle();
		begin(inOrder ? null : Failure.of(FailureKind.CONNECTION_LOST, reason), reason);
	}

	/**
	 * Ends the connection: an exception has come out of it, whose like nobody expects.
	 * @param cause what was thrown
	 */
	public void thrown(Throwable cause) {
		String what = (cause instanceof IOException) ? "connection lost: " : "bytes that make no sense: ";
		fail(what + text(cause), cause);
	}

	/**
	 * Ends the connection with a fault.
	 * @param reason what went wrong
	 * @param cause what was thrown, if anything was
	 */
	public void fail(String reason, @Nullable Throwable cause) {
		fail(Failure.of(FailureKind.CONNECTION_LOST, reason, cause));
	}

	/**
	 * Ends the connection with a fault.
	 * @param failure what went wrong, and what the calls end with that were sent
	 */
	public void fail(Failure failure) {
		begin(failure, failure.reason());
	}

	/**
	 * Ends the connection and a call on it that could not be written.
	 * @param exchange has the call, which the session does not know any more
	 * @param cause what was thrown
	 */
	public void notWritten(Exchange<?> exchange, Throwable cause) {
		thrown(cause);
		Ending known = this.ending;
		if (known != null) {
			exchange.end(known.lost());
		}
	}

	/**
	 * What an exception says, fit to be printed: it may have words of the peer.
	 * @param cause what was thrown
	 * @return never empty
	 */
	public static String text(Throwable cause) {
		return PeerText.printable((cause.getMessage() != null) ? cause.getMessage() : cause.toString());
	}

	/** First of all nobody else may get this connection. */
	private void begin(@Nullable Failure fault, String reason) {
		assert this.channel.eventLoop().inEventLoop();
		if (hasBegun()) {
			return;
		}
		this.occupancy.close();
		Failure lost = (fault != null) ? fault : Failure.of(FailureKind.CONNECTION_LOST, reason);
		this.ending = new Ending(fault, lost);
		this.channel.closeFuture().addListener((closed) -> this.over.trySuccess());
		this.left.accept(lost);
		this.channel.close();
	}

	/**
	 * Why a call that was taken is not to be sent after all; null if it is. Netty tells
	 * of a channel that is closed some time after it is.
	 */
	@Nullable String refusal() {
		if (!this.channel.isActive()) {
			this.occupancy.close();
		}
		return this.occupancy.refusal();
	}

	/** Runs a task on the event loop, on any thread; not so if that is gone. */
	boolean onLoop(Runnable task) {
		try {
			this.channel.eventLoop().execute(task);
			return true;
		}
		catch (RejectedExecutionException ex) {
			// The event loop is gone, and with it the connection and all it owed.
			return false;
		}
	}

	/**
	 * Registers who is told once that it is over. Runs on any thread.
	 * @param listener told why, or {@code null} if it ended in good order; runs on the
	 * connection's event loop
	 */
	void tell(Consumer<@Nullable Failure> listener) {
		this.over.addListener((done) -> listener.accept(failure()));
	}

}
