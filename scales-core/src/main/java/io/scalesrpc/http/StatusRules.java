package io.scalesrpc.http;

import java.util.BitSet;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.scalesrpc.call.Failure;
import io.scalesrpc.call.FailureKind;
import io.scalesrpc.call.Outcome;
import io.scalesrpc.call.Reply;
import io.scalesrpc.protocol.OptionReader;

/**
 * Which answers are failures, for retries, breakers and balancers. All others, 404 and
 * redirects among them, are the service at work. <em>Immutable</em>.
 *
 * @param failures the statuses that are failures; not changed
 */
record StatusRules(BitSet failures) {

	/** The statuses that are failures unless set otherwise. */
	static final String DEFAULT = "5xx,429";

	/** A Finagle server refused the request before it worked on it (HttpNackFilter). */
	private static final String NACK = "finagle-http-nack";

	/** A Finagle server refused the request and does not want it again. */
	private static final String FINAL_NACK = "finagle-http-nonretryable-nack";

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

	/**
	 * What an answer means. One that says when to come back, or that there were too many
	 * requests, asks not to be sent the same again at once.
	 */
	Outcome outcome(ScalesHttpResponse response) {
		if (!isFailure(response.status())) {
			return Reply.of(response);
		}
		String reason = "answer " + response.status();
		HttpStatusException cause = new HttpStatusException(response);
		if (response.headers().first(NACK) != null) {
			return new Failure(FailureKind.NOT_SENT, reason + ", refused before any work", cause, false, true);
		}
		boolean notAgain = response.status() == 429 || response.headers().first("retry-after") != null
				|| response.headers().first(FINAL_NACK) != null;
		return new Failure(FailureKind.REMOTE, reason, cause, notAgain);
	}

}
