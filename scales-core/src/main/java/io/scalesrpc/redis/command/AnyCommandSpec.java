package io.scalesrpc.redis.command;

import java.util.ArrayList;
import java.util.List;

import io.lettuce.core.protocol.ProtocolKeyword;
import io.scalesrpc.call.CallOptions;
import io.scalesrpc.redis.ScalesRedisClient;
import org.jspecify.annotations.Nullable;

/**
 * A method whose first argument names the command: those of {@link ScalesRedisClient}.
 * Metrics have its Java name, since what is called is known to nobody else.
 * <em>Immutable</em>.
 *
 * @param service the interface
 * @param name the name of the method
 * @param writer writes the arguments
 * @param decoder makes the result
 */
record AnyCommandSpec(String service, String name, ArgumentWriter writer, Decoder decoder) implements RedisMethod {

	@Override
	public ProtocolKeyword keyword(@Nullable Object[] arguments) {
		return Keyword.of(words(arguments).get(0));
	}

	@Override
	public byte[] encode(@Nullable Object[] arguments, int maxBytes) {
		List<String> words = words(arguments);
		if (words.get(0).isEmpty()) {
			throw new IllegalArgumentException("command: none (expected: a name such as GET or CLIENT INFO)");
		}
		@Nullable Object[] given = (Object[]) arguments[1];
		requirePermitted(words, given);
		RespWriter out = new RespWriter(maxBytes);
		words.forEach(out::add);
		for (Object value : given) {
			this.writer.write(value, out);
		}
		return out.finish();
	}

	@Override
	public @Nullable Object decode(@Nullable Object reply) {
		return this.decoder.decode(reply);
	}

	@Override
	public boolean mayReadFromReplica(@Nullable Object[] arguments) {
		ProtocolKeyword keyword = keyword(arguments);
		return Keyword.isRead(keyword) && !Keyword.isScan(keyword);
	}

	@Override
	public CallOptions options(CallOptions configured, @Nullable Object[] arguments) {
		return RedisMethodSpec.idempotent(configured, keyword(arguments));
	}

	private static void requirePermitted(List<String> words, @Nullable Object[] given) {
		List<String> all = new ArrayList<>(words);
		for (Object value : given) {
			if (value instanceof CharSequence text) {
				all.add(text.toString());
			}
		}
		String reason = Refused.reason(all);
		if (reason != null) {
			throw new IllegalArgumentException(words.get(0) + ": " + reason);
		}
	}

	private static List<String> words(@Nullable Object[] arguments) {
		return (arguments[0] instanceof String command) ? List.of(command.trim().split("\\s+")) : List.of("");
	}

}
