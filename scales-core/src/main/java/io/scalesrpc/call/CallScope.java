package io.scalesrpc.call;

import org.jspecify.annotations.Nullable;

/**
 * What a call and its attempts take along from where the call was made: the context of
 * the caller's thread, such as its MDC, for code of the user that runs elsewhere; and
 * whoever keeps a trace of the call. Most calls have none. Implementations are
 * <em>thread-safe</em>.
 */
public interface CallScope {

	/** Restores nothing. */
	Restored NOTHING = () -> {
	};

	/**
	 * Gives the current thread the context of the caller's, until the answer is closed on
	 * the same thread. Never throws.
	 * @return takes it away again, and puts back what was there
	 */
	Restored restore();

	/**
	 * Makes the trace of the call itself current on this thread, if somebody keeps one,
	 * so that what is measured can point to it. Never throws.
	 * @return takes it away again, on the same thread
	 */
	default Restored trace() {
		return NOTHING;
	}

	/**
	 * Tells that something happened to the call. Neither blocks nor throws.
	 * @param call the call or the attempt it happened to
	 * @param event what happened
	 * @param detail more of it; its text may be asked for now, and not later
	 */
	default void happened(Call call, CallEvent event, Object detail) {
	}

	/** A context that was restored. <em>Confined to the thread that restored it</em>. */
	@FunctionalInterface
	interface Restored {

		/** Puts back what was there before. Never throws. */
		void close();

	}

	/**
	 * Takes the context of threads. Implementations are <em>thread-safe</em>.
	 */
	@FunctionalInterface
	interface Source {

		/** Takes nothing. */
		Source NONE = (carrier) -> null;

		/**
		 * Takes the context of the current thread.
		 * @param carrier something else that carries values, which come first, such as
		 * Reactor's context; {@code null} for nothing else
		 * @return what there is, or {@code null} if there is nothing to carry
		 */
		@Nullable CallScope capture(@Nullable Object carrier);

	}

}
