package io.scalesrpc.call;

import java.util.Arrays;
import java.util.Locale;
import java.util.function.BiConsumer;

import org.jspecify.annotations.Nullable;

/**
 * Named byte strings that travel with a call: mux contexts, HTTP or Kafka headers. Keys
 * are compared without regard to case, as Finagle does; unknown keys are kept and
 * forwarded. Values are not copied and must not be changed. <em>Immutable</em>.
 */
public final class Context {

	private static final Context EMPTY = new Context(new String[0], new byte[0][]);

	private final String[] keys;

	private final byte[][] values;

	private Context(String[] keys, byte[][] values) {
		this.keys = keys;
		this.values = values;
	}

	/**
	 * The context without entries.
	 * @return always the same instance
	 */
	public static Context empty() {
		return EMPTY;
	}

	/**
	 * Returns this context with one entry set; an entry of the same key gives way.
	 * @param key the key; its case is kept for the wire
	 * @param value the value, taken as it is
	 * @return the new context
	 */
	public Context with(String key, byte[] value) {
		int found = indexOf(key);
		int index = (found >= 0) ? found : this.keys.length;
		int length = (found >= 0) ? this.keys.length : this.keys.length + 1;
		String[] newKeys = Arrays.copyOf(this.keys, length);
		byte[][] newValues = Arrays.copyOf(this.values, length);
		newKeys[index] = key;
		newValues[index] = value;
		return new Context(newKeys, newValues);
	}

	/**
	 * Returns this context with every entry of another; entries of the same key give way
	 * to it.
	 * @param other the other context
	 * @return the new context
	 */
	public Context withAll(Context other) {
		Context all = this;
		for (int i = 0; i < other.size(); i++) {
			all = all.with(other.key(i), other.value(i));
		}
		return all;
	}

	/**
	 * Looks a value up.
	 * @param key the key, in any case
	 * @return the value, or {@code null} if there is none
	 */
	public byte @Nullable [] get(String key) {
		int index = indexOf(key);
		return (index >= 0) ? this.values[index] : null;
	}

	/**
	 * Visits every entry in the order in which they were set.
	 * @param visitor told each key and value
	 */
	public void forEach(BiConsumer<String, byte[]> visitor) {
		for (int i = 0; i < this.keys.length; i++) {
			visitor.accept(this.keys[i], this.values[i]);
		}
	}

	/**
	 * The number of entries.
	 * @return zero or more
	 */
	public int size() {
		return this.keys.length;
	}

	/**
	 * The key at a position, for loops that must not allocate.
	 * @param index from 0 to {@code size() - 1}
	 * @return the key as it was given
	 */
	public String key(int index) {
		return this.keys[index];
	}

	/**
	 * The value at a position, for loops that must not allocate.
	 * @param index from 0 to {@code size() - 1}
	 * @return the value, not a copy
	 */
	public byte[] value(int index) {
		return this.values[index];
	}

	private int indexOf(String key) {
		for (int i = 0; i < this.keys.length; i++) {
			if (this.keys[i].equalsIgnoreCase(key)) {
				return i;
			}
		}
		return -1;
	}

	@Override
	public boolean equals(@Nullable Object other) {
		return other instanceof Context context && Arrays.equals(context.keys, this.keys)
				&& Arrays.deepEquals(context.values, this.values);
	}

	@Override
	public int hashCode() {
		return Arrays.hashCode(this.keys) * 31 + Arrays.deepHashCode(this.values);
	}

	/** The keys only: values may hold what belongs in no log. */
	@Override
	public String toString() {
		return String.join(",", this.keys).toLowerCase(Locale.ROOT);
	}

}
