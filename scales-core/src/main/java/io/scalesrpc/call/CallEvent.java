package io.scalesrpc.call;

/**
 * Something that happens to a call between its beginning and its end, for traces.
 * <em>Immutable</em>.
 */
public enum CallEvent {

	/** An attempt was sent to a member; the detail is the member. */
	ATTEMPT("attempt"),

	/** A failed attempt is followed by another one; the detail is its failure. */
	RETRY("retry"),

	/** Another attempt would have been right and was not made; the detail says why. */
	RETRY_REFUSED("retry.refused"),

	/** A second attempt was sent beside one that took long. */
	HEDGE("hedge"),

	/** A second attempt was due and was not made; the detail says why. */
	HEDGE_REFUSED("hedge.refused"),

	/** A circuit breaker refused the call; the detail says why. */
	CIRCUIT_BREAKER("circuit.breaker"),

	/** With this call's failure its member was taken out; the detail says why. */
	MEMBER_EJECTED("member.ejected"),

	/** Attempts are withheld from servers that refuse most of them. */
	WITHHELD("withheld");

	private final String text;

	CallEvent(String text) {
		this.text = text;
	}

	/**
	 * The name in traces.
	 * @return lower case, words joined by dots
	 */
	@Override
	public String toString() {
		return this.text;
	}

}
