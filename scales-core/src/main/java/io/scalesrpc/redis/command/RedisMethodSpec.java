package io.scalesrpc.redis.command;

import io.lettuce.core.protocol.ProtocolKeyword;
import io.scalesrpc.call.CallOptions;
import io.scalesrpc.call.Idempotence;
import org.jspecify.annotations.Nullable;

/**
 * A method of an interface that is always the same command. Its name is that in Java, so
 * that metrics have as many rows as an interface has methods. <em>Immutable</em>.
 *
 * @param service the interface
 * @param name the name of the method
 * @param template the command
 * @param writer writes its arguments
 * @param decoder makes the result
 */
record RedisMethodSpec(String service, String name, CommandTemplate template, ArgumentWriter writer,
		Decoder decoder) implements RedisMethod {

	@Override
	public ProtocolKeyword keyword(@Nullable Object[] arguments) {
		return this.template.keyword();
	}

	@Override
	public byte[] encode(@Nullable Object[] arguments, int maxBytes) {
		return this.template.encode(arguments, this.writer, maxBytes);
	}

	@Override
	public @Nullable Object decode(@Nullable Object reply) {
		return this.decoder.decode(reply);
	}

	@Override
	public boolean mayReadFromReplica(@Nullable Object[] arguments) {
		return Keyword.isRead(this.template.keyword()) && !Keyword.isScan(this.template.keyword());
	}

	/** A read may be sent again; what is configured comes first. */
	@Override
	public CallOptions options(CallOptions configured, @Nullable Object[] arguments) {
		return idempotent(configured, this.template.keyword());
	}

	static CallOptions idempotent(CallOptions configured, ProtocolKeyword keyword) {
		return (configured.has(Idempotence.KEY) || !Keyword.isRead(keyword)) ? configured
				: configured.with(Idempotence.KEY, true);
	}

}
