package io.scalesrpc.redis.command;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import io.lettuce.core.protocol.ProtocolKeyword;
import io.scalesrpc.call.CallOptions;
import io.scalesrpc.protocol.PagedMethod;
import org.jspecify.annotations.Nullable;

/**
 * A command whose elements a {@code Flux} has: those of a list, or of all pages of a
 * scan, whose cursor is an argument behind those of the method. <em>Immutable</em>.
 *
 * @param command the command; its last parameter is the cursor if it is a scan
 * @param parameters how many the method has
 * @param width how many elements of a list make one of the Flux: 2 for keys with values
 * @param element makes an element
 */
record PagedCommandSpec(RedisMethodSpec command, int parameters, int width,
		Decoder element) implements RedisMethod, PagedMethod {

	private static final byte[] START = { '0' };

	/** A page as its call returns it. <em>Immutable</em>. */
	private record Page(@Nullable Cursor cursor, List<@Nullable Object> elements) {
	}

	/**
	 * Where the next page begins. Who answers on another connection may be another server
	 * than before, or the same one started anew, and the number would lead to other keys
	 * there. <em>Immutable</em>.
	 *
	 * @param text the number
	 * @param connection stands for the connection that it is from
	 */
	private record Cursor(byte[] text, Object connection) {
	}

	@Override
	public String service() {
		return this.command.service();
	}

	@Override
	public String name() {
		return this.command.name();
	}

	@Override
	public ProtocolKeyword keyword(@Nullable Object[] arguments) {
		return this.command.template().keyword();
	}

	@Override
	public byte[] encode(@Nullable Object[] arguments, int maxBytes) {
		return this.command.encode(isScan() ? with(arguments, cursor(arguments)) : arguments, maxBytes);
	}

	private byte[] cursor(@Nullable Object[] arguments) {
		return (arguments.length > this.parameters && arguments[this.parameters] instanceof Cursor cursor)
				? cursor.text() : START;
	}

	@Override
	public boolean fits(@Nullable Object[] arguments, Object connection) {
		return arguments.length == this.parameters || !(arguments[this.parameters] instanceof Cursor cursor)
				|| cursor.connection() == connection;
	}

	@Override
	public Object decode(@Nullable Object reply) {
		return decode(reply, this);
	}

	@Override
	public Object decode(@Nullable Object reply, Object connection) {
		List<?> list = Decoders.list(reply);
		if (!isScan()) {
			return new Page(null, decoded(list));
		}
		if (list.size() != 2) {
			throw new IllegalArgumentException("a list of " + list.size() + " (expected: a cursor and a page)");
		}
		String cursor = String.valueOf(Decoders.text(list.get(0)));
		return new Page(cursor.equals("0") ? null : new Cursor(cursor.getBytes(StandardCharsets.US_ASCII), connection),
				decoded(Decoders.list(list.get(1))));
	}

	/** Reactor takes no nulls. */
	private List<@Nullable Object> decoded(List<?> raw) {
		List<@Nullable Object> all = new ArrayList<>(raw.size() / this.width);
		boolean inTurn = this.width > 1 && !raw.isEmpty() && !(raw.get(0) instanceof List<?>);
		for (int i = 0; i < raw.size(); i += inTurn ? this.width : 1) {
			Object value = this.element.decode(inTurn ? raw.subList(i, i + this.width) : raw.get(i));
			if (value != null) {
				all.add(value);
			}
		}
		return all;
	}

	@Override
	public boolean mayReadFromReplica(@Nullable Object[] arguments) {
		return this.command.mayReadFromReplica(arguments);
	}

	@Override
	public CallOptions options(CallOptions configured, @Nullable Object[] arguments) {
		return this.command.options(configured, arguments);
	}

	@Override
	public List<?> elements(Object page) {
		return ((Page) page).elements();
	}

	@Override
	public @Nullable Object @Nullable [] next(@Nullable Object[] arguments, Object page) {
		Cursor cursor = ((Page) page).cursor();
		return (cursor != null) ? with(arguments, cursor) : null;
	}

	private boolean isScan() {
		return Keyword.isScan(this.command.template().keyword());
	}

	private @Nullable Object[] with(@Nullable Object[] arguments, Object cursor) {
		@Nullable Object[] more = Arrays.copyOf(arguments, this.parameters + 1, Object[].class);
		more[this.parameters] = cursor;
		return more;
	}

}
