package io.scalesrpc.server;

/**
 * What a server makes of the deadlines that clients send. Whatever it is, a handler can
 * ask for the time it has left, and the calls it makes as a client have no more.
 * <em>Immutable</em>.
 */
public enum DeadlinePolicy {

	/** The handler is told and decides, as with Finagle. */
	TELL,

	/**
	 * Work ends with its deadline: a call whose deadline passes while it waits for a
	 * thread does not begin, and a handler that is running then is interrupted, as if the
	 * client had discarded the call. A client that does not do so within 50 milliseconds
	 * is answered with status ERROR, not to be sent again. The time that the client gave
	 * runs from arrival, so that it does not matter whether the clocks of the two
	 * machines agree.
	 */
	ENFORCE,

	/**
	 * As {@link #ENFORCE}, but a deadline is the point in time that the client named, so
	 * that the time on the way counts, too; and a call whose deadline had passed on
	 * arrival is refused. For clocks that agree within a few milliseconds: a server whose
	 * clock is ahead refuses everything.
	 */
	ENFORCE_BY_CLOCK

}
