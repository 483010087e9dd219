package io.scalesrpc.http.message;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.TimeUnit;

import io.scalesrpc.call.Call;
import io.scalesrpc.call.Context;
import io.scalesrpc.http.HttpFields;
import io.scalesrpc.http.ScalesHttpRequest;
import io.scalesrpc.time.Ticker;

/**
 * The headers that go with a request: the caller's, those of the call, and the
 * connection's own. <em>Thread-safe</em>.
 *
 * @param options say which headers are added
 * @param ticker tells how much time a call has left
 */
public record RequestFields(HttpOptions options, Ticker ticker) {

	private static final Set<String> TRACE = Set.of("traceparent", "tracestate", "b3", "x-b3-traceid", "x-b3-spanid",
			"x-b3-parentspanid", "x-b3-sampled", "x-b3-flags");

	/**
	 * Collects the headers of a request.
	 * @param authority the member's host and port
	 * @return the names and values, the one after the other
	 * @throws IllegalArgumentException if the request is not fit for the wire; the text
	 * says why
	 */
	public List<String> of(Call call, ScalesHttpRequest request, String authority) {
		RequestRules.requireMethod(request.method());
		RequestRules.requirePath(request.path());
		HttpFields own = request.headers();
		List<String> all = new ArrayList<>(2 * own.size() + 12);
		for (int i = 0; i < own.size(); i++) {
			if (!isReplaced(own.name(i), call.context())) {
				addChecked(own.name(i), own.value(i), all);
			}
		}
		addContext(call.context(), own, all);
		if (!RequestRules.hasHost(own)) {
			add("Host", this.options.host().isEmpty() ? authority : this.options.host(), all);
		}
		addOfCall(call, own, all);
		int length = request.body().length;
		if (length > 0 || !request.isIdempotent() || request.method().equals("PUT")) {
			add("Content-Length", Integer.toString(length), all);
		}
		return all;
	}

	/** What stages of the user gave the call; a header of the request comes first. */
	private static void addContext(Context context, HttpFields own, List<String> all) {
		for (int i = 0; i < context.size(); i++) {
			if (own.first(context.key(i)) == null || isOfTrace(context.key(i))) {
				addChecked(context.key(i), new String(context.value(i), StandardCharsets.ISO_8859_1), all);
			}
		}
	}

	/**
	 * The place in a trace that the call has comes first: who made the request may have
	 * written that of its caller.
	 */
	private static boolean isReplaced(String name, Context context) {
		return context.size() > 0 && isOfTrace(name) && context.get(name) != null;
	}

	private static boolean isOfTrace(String name) {
		return TRACE.contains(name.toLowerCase(Locale.ROOT));
	}

	private void addOfCall(Call call, HttpFields own, List<String> all) {
		if (!this.options.timeoutHeader().isEmpty()) {
			long left = TimeUnit.NANOSECONDS.toMillis(call.deadline().remainingNanos(this.ticker.nanos()));
			add(this.options.timeoutHeader(), Long.toString(Math.max(1, left)), all);
		}
		if (!this.options.attemptHeader().isEmpty()) {
			add(this.options.attemptHeader(), Integer.toString(call.ordinal()), all);
		}
		if (this.options.gzip() && own.first("accept-encoding") == null) {
			add("Accept-Encoding", "gzip, deflate", all);
		}
	}

	private static void addChecked(String name, String value, List<String> all) {
		RequestRules.requireHeader(name, value);
		add(name, value, all);
	}

	private static void add(String name, String value, List<String> all) {
		all.add(name);
		all.add(value);
	}

}
