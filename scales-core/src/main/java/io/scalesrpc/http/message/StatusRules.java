package io.scalesrpc.http.message;

import java.util.BitSet;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.scalesrpc.call.Outcome;
import io.scalesrpc.call.Reply;
import io.scalesrpc.http.HttpStatusException;
import io.scalesrpc.http.ScalesHttpResponse;
import io.scalesrpc.protocol.OptionReader;

/**
 * Which answers are failures, for retries, breakers and balancers. All others, 404 and
 * redirects among them, are the service at work. <em>Immutable</em>.
 *
 * @param failures the statuses that are failures; not changed
 */
public record StatusRules(BitSet failures) {

	/** The statuses that are failures unless set otherwise. */
	static final String DEFAULT = "5xx,429";

	private static final Pattern RULE = Pattern.compile("([1-5])xx|([1-5]\\d\\d)(?:-([1-5]\\d\\d))?");

	/**
	 * Reads rules.
	 * @param text statuses, classes and ranges, such as {@code 5xx,429,400-403}; empty
	 * for none
	 * @return the rules
	 * @throws IllegalArgumentException if one is none of these
	 */
	static StatusRules parse(String text) {
		BitSet failures = new BitSet();
		for (String part : text.toLowerCase(Locale.ROOT).split(",")) {
			if (!part.isBlank()) {
				add(part.trim(), failures);
			}
		}
		return new StatusRules(failures);
	}

	private static void add(String part, BitSet failures) {
		Matcher rule = RULE.matcher(part);
		if (!rule.matches()) {
			throw OptionReader.bad(HttpOptions.FAILURE_STATUSES, part,
					"statuses such as 5xx, 429 or 502-504, separated by commas");
		}
		String group = rule.group(1);
		int from = (group != null) ? 100 * Integer.parseInt(group) : Integer.parseInt(rule.group(2));
		String end = rule.group(3);
		int to = (group != null) ? from + 99 : (end != null) ? Integer.parseInt(end) : from;
		failures.set(from, Math.max(from, to) + 1);
	}

	boolean isFailure(int status) {
		return this.failures.get(status);
	}

	/** What an answer means. */
	public Outcome outcome(ScalesHttpResponse response) {
		return isFailure(response.status()) ? HttpStatusException.failure(response) : Reply.of(response);
	}

}
