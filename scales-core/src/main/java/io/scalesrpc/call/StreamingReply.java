package io.scalesrpc.call;

/**
 * The value of a reply that is still coming when its call has ended, and holds a
 * connection until it is over: an answer that is read part by part. Whoever gets such a
 * value and has nobody to hand it to gives it up. Implementations are
 * <em>thread-safe</em>.
 */
public interface StreamingReply {

	/**
	 * Whether it holds anything.
	 * @return {@code false} as long as it does
	 */
	boolean isOver();

	/**
	 * Registers who is told, once, when it is over; at once if it is.
	 * @param listener must neither block nor throw
	 */
	void onOver(Runnable listener);

	/**
	 * Ends it before its time. Has no effect once everything was read.
	 * @param reason what a reader is told
	 */
	void giveUp(String reason);

	/**
	 * Gives up the value of a reply that nobody takes, if it is one that lasts.
	 * @param outcome how a call would have ended
	 */
	static void giveUp(Outcome outcome) {
		if (outcome instanceof Reply reply && reply.value() instanceof StreamingReply streamingReply) {
			streamingReply.giveUp("nobody waits for the answer any more");
		}
	}

}
