package io.scalesrpc.call;

import org.jspecify.annotations.Nullable;

import io.scalesrpc.Internal;

/**
 * On whose behalf a thread makes calls, and what is around them: all that a client asks
 * of the thread of its caller, in one look. <em>Immutable</em>; the current one is a
 * matter of each thread.
 *
 * @param request the request being served; {@code null} for none
 * @param options what is around the calls
 */
@Internal
public record Caller(@Nullable InboundRequest request, CallOptions options) {

	/** A caller who serves nobody and says nothing. */
	public static final Caller NOBODY = new Caller(null, CallOptions.NONE);

	private static final ThreadLocal<@Nullable Caller> CURRENT = new ThreadLocal<>();

	/**
	 * The caller that this thread is.
	 * @return the caller
	 */
	public static Caller current() {
		Caller current = CURRENT.get();
		return (current != null) ? current : NOBODY;
	}

	/** Says which caller this thread is from now on. */
	static void current(Caller caller) {
		// Not removed: a thread that serves is about to say the next.
		CURRENT.set((caller.request == null && caller.options.isEmpty()) ? null : caller);
	}

	/** The same caller with more around its calls. */
	Caller with(CallOptions more) {
		return new Caller(this.request, this.options.withAll(more));
	}

}
