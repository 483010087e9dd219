package io.scalesrpc.call;

import java.util.Arrays;
import java.util.StringJoiner;

import org.jspecify.annotations.Nullable;

/**
 * What the settings say about the calls of one method, for the stages on their way: each
 * reads the part that is its own, by a key it declares (as gRPC's call options and
 * Finagle's stack parameters). Made once for every method when its proxy is made.
 * <em>Immutable</em>.
 */
public final class CallOptions {

	/** Nothing is set: every key has its fallback. */
	public static final CallOptions NONE = new CallOptions(new Key<?>[0], new Object[0]);

	private final Key<?>[] keys;

	private final Object[] values;

	private CallOptions(Key<?>[] keys, Object[] values) {
		this.keys = keys;
		this.values = values;
	}

	/**
	 * Options with a single one set.
	 * @param key the option
	 * @param value its value
	 * @param <T> the type of its values
	 * @return the options
	 */
	public static <T> CallOptions of(Key<T> key, T value) {
		return NONE.with(key, value);
	}

	/**
	 * Returns these options with one of them set; what it was before gives way.
	 * @param key the option
	 * @param value its value
	 * @param <T> the type of its values
	 * @return the new options
	 */
	public <T> CallOptions with(Key<T> key, T value) {
		return set(key, value);
	}

	/**
	 * Returns these options with all of others set; they come first.
	 * @param others the other options
	 * @return the new options
	 */
	public CallOptions withAll(CallOptions others) {
		CallOptions all = this;
		for (int i = 0; i < others.keys.length; i++) {
			all = all.set(others.keys[i], others.values[i]);
		}
		return all;
	}

	/**
	 * Reads an option. Costs a look at each option that is set, of which there are few.
	 * @param key the option
	 * @param <T> the type of its values
	 * @return its value, or the key's fallback if it is not set
	 */
	@SuppressWarnings("unchecked")
	public <T> T get(Key<T> key) {
		int index = indexOf(key);
		return (index >= 0) ? (T) this.values[index] : key.fallback;
	}

	/**
	 * Whether an option is set.
	 * @param key the option
	 * @return {@code false} if {@link #get(Key)} gives the fallback
	 */
	public boolean has(Key<?> key) {
		return indexOf(key) >= 0;
	}

	private CallOptions set(Key<?> key, Object value) {
		int found = indexOf(key);
		int index = (found >= 0) ? found : this.keys.length;
		int length = (found >= 0) ? this.keys.length : this.keys.length + 1;
		Key<?>[] newKeys = Arrays.copyOf(this.keys, length);
		Object[] newValues = Arrays.copyOf(this.values, length);
		newKeys[index] = key;
		newValues[index] = value;
		return new CallOptions(newKeys, newValues);
	}

	private int indexOf(Key<?> key) {
		for (int i = 0; i < this.keys.length; i++) {
			if (this.keys[i] == key) {
				return i;
			}
		}
		return -1;
	}

	@Override
	public boolean equals(@Nullable Object other) {
		return other instanceof CallOptions options && options.keys.length == this.keys.length
				&& Arrays.stream(this.keys).allMatch((key) -> options.has(key) && options.get(key).equals(get(key)));
	}

	@Override
	public int hashCode() {
		int hash = 0;
		for (int i = 0; i < this.keys.length; i++) {
			hash += this.keys[i].hashCode() ^ this.values[i].hashCode();
		}
		return hash;
	}

	@Override
	public String toString() {
		StringJoiner text = new StringJoiner(", ", "{", "}");
		for (int i = 0; i < this.keys.length; i++) {
			text.add(this.keys[i] + "=" + this.values[i]);
		}
		return text.toString();
	}

	/**
	 * The name of an option; two of the same text are different ones. <em>Immutable</em>.
	 *
	 * @param <T> the type of its values
	 */
	public static final class Key<T> {

		private final String name;

		private final T fallback;

		/**
		 * Creates an option.
		 * @param name how texts name it
		 * @param fallback its value where it is not set
		 */
		public Key(String name, T fallback) {
			this.name = name;
			this.fallback = fallback;
		}

		@Override
		public String toString() {
			return this.name;
		}

	}

}
