package io.scalesrpc.pool;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

import io.scalesrpc.call.Call;
import io.scalesrpc.call.Failure;
import io.scalesrpc.transport.channel.UnsentCalls;
import org.jspecify.annotations.Nullable;

/**
 * Whether and why a pool has ended. It takes no calls once the end has begun; it is over
 * with the pool's last connection. <em>Begun on the pool's serial executor, else
 * thread-safe.</em>
 */
final class PoolEnd {

	private final UnsentCalls unsent = new UnsentCalls();

	private final CompletableFuture<Void> over = new CompletableFuture<>();

	private volatile @Nullable Ending ending;

	/**
	 * The end of a pool. <em>Immutable</em>.
	 *
	 * @param failure why, if it was not closed in good order
	 */
	private record Ending(@Nullable Failure failure) {
	}

	/** Begins the end; false if it has begun before. */
	boolean begin(@Nullable Failure failure) {
		if (hasBegun()) {
			return false;
		}
		this.ending = new Ending(failure);
		return true;
	}

	boolean hasBegun() {
		return this.ending != null;
	}

	/** There is no connection any more. */
	void complete() {
		this.over.complete(null);
	}

	/** Where calls go that the pool cannot send any more. */
	UnsentCalls unsent() {
		return this.unsent;
	}

	void giveBack(Call call, String reason) {
		Failure failure = failure();
		this.unsent.giveBack(call, reason, (failure != null) ? failure.cause() : null);
	}

	/** Registers who is told once that it is over, and why. */
	void tell(Consumer<@Nullable Failure> listener) {
		this.over.whenComplete((nothing, ex) -> listener.accept(failure()));
	}

	CompletionStage<Void> over() {
		return this.over;
	}

	private @Nullable Failure failure() {
		Ending known = this.ending;
		return (known != null) ? known.failure() : null;
	}

}
