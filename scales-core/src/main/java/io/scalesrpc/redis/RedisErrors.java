package io.scalesrpc.redis;

import io.scalesrpc.call.Failure;
import io.scalesrpc.call.FailureKind;
import io.scalesrpc.call.PeerText;

/**
 * What the errors of Redis mean. Those by which a server refuses a command before it
 * looks at it are nacks; of all others nobody says that nothing was done.
 * <em>Stateless</em>.
 */
final class RedisErrors {

	private static final String CLUSTER = ": the server is part of a cluster, which is not supported"
			+ " (expected: servers of one replication group)";

	private RedisErrors() {
	}

	static Failure failure(String error) {
		RedisReplyException cause = new RedisReplyException(error);
		String text = PeerText.printable(error);
		return switch (cause.code()) {
			case "LOADING", "MASTERDOWN", "BUSY", "TRYAGAIN", "CLUSTERDOWN", "NOREPLICAS" -> nack(text, cause, false);
			case "READONLY" -> nack(text + " (the server is a replica)", cause, false);
			case "MOVED", "ASK", "CROSSSLOT" -> nack(text + CLUSTER, cause, true);
			case "NOAUTH" -> refused(text + " (expected: redis.username and redis.password)", cause);
			case "NOPERM" -> refused(text + " (expected: a user whose access control list permits it)", cause);
			default -> Failure.of(FailureKind.REMOTE, text, cause);
		};
	}

	static boolean isReadOnly(Failure failure) {
		return failure.cause() instanceof RedisReplyException reply && reply.code().equals("READONLY");
	}

	private static Failure nack(String reason, RedisReplyException cause, boolean nonRetryable) {
		return new Failure(FailureKind.NOT_SENT, reason, cause, nonRetryable, true);
	}

	/** Whoever asks again is refused again. */
	private static Failure refused(String reason, RedisReplyException cause) {
		return new Failure(FailureKind.REMOTE, reason, cause, true);
	}

}
