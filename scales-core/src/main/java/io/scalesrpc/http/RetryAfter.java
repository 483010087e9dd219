package io.scalesrpc.http;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;

import org.jspecify.annotations.Nullable;

/**
 * The header that says when to come back (RFC 9110, 10.2.3). <em>Stateless</em>.
 */
final class RetryAfter {

	static final String NAME = "retry-after";

	/** Longer than any deadline. */
	private static final int MOST_DIGITS = 9;

	private RetryAfter() {
	}

	/**
	 * How long to wait. A date is compared with that of the answer, whose clock is the
	 * same.
	 * @param headers of an answer
	 * @return zero or more; {@code null} if there is no such header or it makes no sense
	 */
	static @Nullable Duration of(HttpFields headers) {
		String value = headers.first(NAME);
		if (value == null) {
			return null;
		}
		String text = value.trim();
		if (!text.isEmpty() && text.length() <= MOST_DIGITS && text.chars().allMatch((c) -> c >= '0' && c <= '9')) {
			return Duration.ofSeconds(Long.parseLong(text));
		}
		return between(headers.first("date"), text);
	}

	private static @Nullable Duration between(@Nullable String sent, String due) {
		if (sent == null) {
			return null;
		}
		try {
			Duration wait = Duration.between(date(sent), date(due));
			return wait.isNegative() ? Duration.ZERO : wait;
		}
		catch (DateTimeException | ArithmeticException ex) {
			return null;
		}
	}

	private static ZonedDateTime date(String text) {
		return ZonedDateTime.parse(text.trim(), DateTimeFormatter.RFC_1123_DATE_TIME);
	}

}
