package io.scalesrpc.redis.connection;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import io.scalesrpc.redis.command.RespWriter;
import org.jspecify.annotations.Nullable;

/**
 * Proves that replies are in step with commands: numbers that are used once are sent to
 * be echoed, and must come back one after the other. RESP has nothing that says which
 * command a reply belongs to. <em>Confined to the connection's event loop</em>.
 */
final class Proof {

	private final String salt;

	private long sent;

	private long seen;

	/**
	 * Creates a proof.
	 * @param salt what no value in Redis begins with
	 */
	Proof(long salt) {
		this.salt = Long.toHexString(salt) + "-";
	}

	/** The next command that asks for an echo. */
	byte[] next() {
		return RespWriter.command("ECHO", this.salt + this.sent++);
	}

	/** What is wrong with the reply to the oldest of them; null if it is right. */
	@Nullable String problem(ReplyOutput reply) {
		if (reply.failure != null) {
			return "the server does not echo: " + reply.failure.getMessage()
					+ " (expected: a user who may use ECHO, or redis.verify-replies: false)";
		}
		byte[] expected = (this.salt + this.seen++).getBytes(StandardCharsets.UTF_8);
		boolean right = reply.get() instanceof byte[] echoed && Arrays.equals(echoed, expected);
		return right ? null : "replies are out of step with commands";
	}

}
