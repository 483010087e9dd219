package io.scalesrpc.spring.test;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * What a {@link ScriptedServer} does with one request. <em>Immutable</em>.
 */
public final class Act {

	/** Passes the request on and the answer back, as servers do. */
	public static final Act ANSWER = new Act(Kind.ANSWER, Duration.ZERO, null);

	/** Never answers; the service does not learn of the request. */
	public static final Act SILENCE = new Act(Kind.SILENCE, Duration.ZERO, null);

	/** Closes the connection; the service does not learn of the request. */
	public static final Act DROP = new Act(Kind.DROP, Duration.ZERO, null);

	/**
	 * Says that the request was not processed, as a server does that has no room or goes
	 * away: a nack of ThriftMux, 503 of HTTP. Plain Thrift cannot say that.
	 */
	public static final Act NACK = new Act(Kind.NACK, Duration.ZERO, null);

	/** Answers with bytes that make no sense, and closes the connection. */
	public static final Act GARBAGE = new Act(Kind.GARBAGE, Duration.ZERO, null);

	private final Kind kind;

	private final Duration time;

	private final @Nullable String text;

	private Act(Kind kind, Duration time, @Nullable String text) {
		this.kind = kind;
		this.time = time;
		this.text = text;
	}

	/**
	 * Passes the request on after a while, as a server does whose threads are busy.
	 * @param time how long the request waits
	 * @return the act
	 */
	public static Act delay(Duration time) {
		return new Act(Kind.DELAY, time, null);
	}

	/**
	 * Passes the request on at once and its answer back after a while, as a slow server
	 * or network does: the work is done, even if nobody waits for it any more.
	 * @param time how long the answer waits
	 * @return the act
	 */
	public static Act late(Duration time) {
		return new Act(Kind.LATE, time, null);
	}

	/**
	 * Answers that the request failed: status ERROR of ThriftMux, 500 of HTTP. Plain
	 * Thrift has nothing beside the answer of the service.
	 * @param text what the answer says
	 * @return the act
	 */
	public static Act error(String text) {
		return new Act(Kind.ERROR, Duration.ZERO, text);
	}

	Kind kind() {
		return this.kind;
	}

	Duration time() {
		return this.time;
	}

	String text() {
		return (this.text != null) ? this.text : "";
	}

	@Override
	public String toString() {
		return this.kind + (this.time.isZero() ? "" : " " + this.time) + ((this.text != null) ? " " + this.text : "");
	}

	/** The kinds there are. */
	enum Kind {

		ANSWER, DELAY, LATE, SILENCE, DROP, NACK, ERROR, GARBAGE

	}

}
