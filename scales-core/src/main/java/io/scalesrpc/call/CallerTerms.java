package io.scalesrpc.call;

import java.time.Duration;
import java.util.StringJoiner;

import org.jspecify.annotations.Nullable;

/**
 * What callers say of their calls, and no setting says. <em>Immutable</em>.
 *
 * @param timeout how long a call may take; {@code null} if nobody says
 * @param context what travels with it
 * @param member whom it must go to; {@code null} for any
 * @param clientId who calls; {@code null} if nobody says
 * @param detached whether it is made on nobody's behalf
 */
record CallerTerms(@Nullable Duration timeout, Context context, @Nullable String member, @Nullable String clientId,
		boolean detached) {

	static final CallerTerms NONE = new CallerTerms(null, Context.empty(), null, null, false);

	private static final int MAX_PORT = 65535;

	/** A host and a port. */
	static String requireAddress(String address) {
		int colon = address.lastIndexOf(':');
		boolean named = colon > 0 && (address.indexOf(':') == colon || address.charAt(0) == '[');
		Checks.require(named && isPort(address.substring(colon + 1)), "member", address,
				"host and port of a member, such as 10.0.0.7:9090 or [::1]:9090");
		return address;
	}

	private static boolean isPort(String text) {
		try {
			int port = Integer.parseInt(text);
			return port > 0 && port <= MAX_PORT;
		}
		catch (NumberFormatException ex) {
			return false;
		}
	}

	CallerTerms withTimeout(Duration other) {
		return new CallerTerms(other, this.context, this.member, this.clientId, this.detached);
	}

	CallerTerms withContext(Context other) {
		return new CallerTerms(this.timeout, other, this.member, this.clientId, this.detached);
	}

	CallerTerms withMember(@Nullable String other) {
		return new CallerTerms(this.timeout, this.context, other, this.clientId, this.detached);
	}

	CallerTerms withClientId(String other) {
		return new CallerTerms(this.timeout, this.context, this.member, other, this.detached);
	}

	CallerTerms withDetached() {
		return new CallerTerms(this.timeout, this.context, this.member, this.clientId, true);
	}

	CallerTerms withAll(CallerTerms others) {
		return new CallerTerms((others.timeout != null) ? others.timeout : this.timeout,
				this.context.withAll(others.context), (others.member != null) ? others.member : this.member,
				(others.clientId != null) ? others.clientId : this.clientId, this.detached || others.detached);
	}

	boolean isEmpty() {
		return this.timeout == null && !isPersonal() && !this.detached;
	}

	boolean isPersonal() {
		return this.context.size() > 0 || this.member != null || this.clientId != null;
	}

	void tell(StringJoiner text) {
		if (this.timeout != null) {
			text.add("timeout=" + this.timeout);
		}
		if (this.context.size() > 0) {
			text.add("headers=[" + this.context + "]");
		}
		if (this.member != null) {
			text.add("member=" + this.member);
		}
		if (this.clientId != null) {
			text.add("client-id=" + this.clientId);
		}
		if (this.detached) {
			text.add("detached");
		}
	}

}
