package io.scalesrpc.redis.connection;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.output.CommandOutput;
import io.scalesrpc.redis.RedisReplyException;
import org.jspecify.annotations.Nullable;

/**
 * Takes any reply of RESP2 and RESP3 as it is, and judges nothing, so that reading it
 * cannot fail: bytes, {@code Long}, {@code Double}, {@code Boolean}, {@code null}, lists
 * of these, a {@link RedisReplyException} where a list has an error; sets are lists, maps
 * are lists of keys and values in turn. <em>Confined to the connection's event loop</em>
 * until the reply is whole.
 */
public final class ReplyOutput extends CommandOutput<byte[], byte[], Object> {

	private final Deque<Aggregate> open = new ArrayDeque<>(2);

	@Nullable RedisReplyException failure;

	ReplyOutput() {
		super(ByteArrayCodec.INSTANCE, null);
	}

	@Override
	public void set(@Nullable ByteBuffer bytes) {
		add((bytes != null) ? bytes(bytes) : null);
	}

	@Override
	public void set(long integer) {
		add(integer);
	}

	@Override
	public void set(double number) {
		add(number);
	}

	@Override
	public void set(boolean value) {
		add(value);
	}

	/** Lettuce hands over an error of Redis. */
	@Override
	public void setError(@Nullable ByteBuffer text) {
		RedisReplyException error = new RedisReplyException(
				(text != null) ? new String(bytes(text), StandardCharsets.UTF_8) : "ERR");
		if (this.open.isEmpty()) {
			this.failure = error;
			super.setError(String.valueOf(error.getMessage()));
		}
		else {
			add(error);
		}
	}

	/** How many follow is what the server says: no room is made before they are there. */
	@Override
	public void multi(int count) {
		if (count < 0) {
			add(null);
		}
		else if (count == 0) {
			add(new ArrayList<>(0));
		}
		else {
			this.open.push(new Aggregate(new ArrayList<>(Math.min(count, 16)), count));
		}
	}

	private void add(@Nullable Object value) {
		@Nullable Object whole = value;
		for (Aggregate parent = this.open.peek(); parent != null; parent = this.open.peek()) {
			parent.values.add(whole);
			if (--parent.missing > 0) {
				return;
			}
			whole = parent.values;
			this.open.pop();
		}
		this.output = whole;
	}

	private static byte[] bytes(ByteBuffer buffer) {
		byte[] bytes = new byte[buffer.remaining()];
		buffer.get(bytes);
		return bytes;
	}

	/** A list of which some are missing. <em>Confined to its output</em>. */
	private static final class Aggregate {

		private final List<@Nullable Object> values;

		private int missing;

		Aggregate(List<@Nullable Object> values, int missing) {
			this.values = values;
			this.missing = missing;
		}

	}

}
