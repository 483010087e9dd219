package io.scalesrpc.http;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.BiConsumer;

import org.jspecify.annotations.Nullable;

/**
 * The header fields of a request or an answer (RFC 9110, 5). Names are compared without
 * regard to case, a name may come more than once, and the order is kept. Whether a field
 * may be sent is checked when it is. <em>Immutable</em>.
 */
public final class HttpFields {

	private static final HttpFields EMPTY = new HttpFields(new String[0]);

	/** Names at even, values at odd positions. */
	private final String[] namesAndValues;

	/**
	 * Fields as they were read; {@link #of} is for everybody else.
	 * @param namesAndValues names at even, values at odd positions; not copied
	 */
	public HttpFields(String[] namesAndValues) {
		this.namesAndValues = namesAndValues;
	}

	/**
	 * No fields.
	 * @return always the same instance
	 */
	public static HttpFields empty() {
		return EMPTY;
	}

	/**
	 * Makes fields.
	 * @param namesAndValues the first name, its value, the second name, and so on; not
	 * copied
	 * @return the fields
	 * @throws IllegalArgumentException if a value is missing
	 */
	public static HttpFields of(String... namesAndValues) {
		if (namesAndValues.length % 2 != 0) {
			throw new IllegalArgumentException(
					"fields: " + namesAndValues.length + " names and values (expected: 2 each)");
		}
		return new HttpFields(namesAndValues);
	}

	/**
	 * Returns these fields and one more.
	 * @param name its name
	 * @param value its value
	 * @return the new fields
	 */
	public HttpFields with(String name, String value) {
		String[] more = Arrays.copyOf(this.namesAndValues, this.namesAndValues.length + 2);
		more[more.length - 2] = name;
		more[more.length - 1] = value;
		return new HttpFields(more);
	}

	/**
	 * The first value of a field.
	 * @param name its name, in any case
	 * @return the value, or {@code null} if there is no such field
	 */
	public @Nullable String first(String name) {
		for (int i = 0; i < size(); i++) {
			if (name(i).equalsIgnoreCase(name)) {
				return value(i);
			}
		}
		return null;
	}

	/**
	 * All values of a field.
	 * @param name its name, in any case
	 * @return the values in their order, none if there is no such field
	 */
	public List<String> all(String name) {
		List<String> values = new ArrayList<>();
		for (int i = 0; i < size(); i++) {
			if (name(i).equalsIgnoreCase(name)) {
				values.add(value(i));
			}
		}
		return values;
	}

	/**
	 * Visits every field in its order.
	 * @param visitor told each name and value
	 */
	public void forEach(BiConsumer<String, String> visitor) {
		for (int i = 0; i < size(); i++) {
			visitor.accept(name(i), value(i));
		}
	}

	/**
	 * How many fields there are.
	 * @return zero or more
	 */
	public int size() {
		return this.namesAndValues.length / 2;
	}

	/**
	 * The name at a position, for loops that must not allocate.
	 * @param index from 0 to {@code size() - 1}
	 * @return the name as it was given
	 */
	public String name(int index) {
		return this.namesAndValues[2 * index];
	}

	/**
	 * The value at a position, for loops that must not allocate.
	 * @param index from 0 to {@code size() - 1}
	 * @return the value
	 */
	public String value(int index) {
		return this.namesAndValues[2 * index + 1];
	}

	/** The names only: values may hold what belongs in no log. */
	@Override
	public String toString() {
		List<String> names = new ArrayList<>();
		forEach((name, value) -> names.add(name.toLowerCase(Locale.ROOT)));
		return names.toString();
	}

}
