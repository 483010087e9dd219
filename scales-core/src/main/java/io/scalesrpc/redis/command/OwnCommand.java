package io.scalesrpc.redis.command;

import io.lettuce.core.protocol.CommandType;
import io.lettuce.core.protocol.ProtocolKeyword;
import org.jspecify.annotations.Nullable;

/**
 * A command that this side sends for itself: without arguments, and with the reply as it
 * is. <em>Immutable</em>.
 *
 * @param keyword the command
 */
public record OwnCommand(CommandType keyword) implements RedisMethod {

	@Override
	public String service() {
		return "redis";
	}

	@Override
	public String name() {
		return this.keyword.toString();
	}

	@Override
	public ProtocolKeyword keyword(@Nullable Object[] arguments) {
		return this.keyword;
	}

	@Override
	public byte[] encode(@Nullable Object[] arguments, int maxBytes) {
		return RespWriter.command(this.keyword.toString());
	}

	@Override
	public @Nullable Object decode(@Nullable Object reply) {
		return reply;
	}

	@Override
	public boolean mayReadFromReplica(@Nullable Object[] arguments) {
		return false;
	}

}
