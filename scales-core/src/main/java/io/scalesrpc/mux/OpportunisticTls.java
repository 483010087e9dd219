package io.scalesrpc.mux;

import java.util.Locale;

/**
 * Whether one side of a mux session wants TLS to begin once both have said what they
 * want, as Finagle's levels do. Who is {@code OFF} speaks no TLS after the negotiation;
 * both others agree with each other on TLS; {@code OFF} and {@code REQUIRED} cannot speak
 * with each other. <em>Immutable</em>.
 */
public enum OpportunisticTls {

	/** No TLS after the negotiation. */
	OFF,

	/** TLS with whoever wants it too, clear text with others. */
	DESIRED,

	/** TLS, or no session. */
	REQUIRED;

	/**
	 * How it is written into a Tinit or Rinit.
	 * @return {@code off}, {@code desired} or {@code required}
	 */
	public String header() {
		return name().toLowerCase(Locale.ROOT);
	}

	/**
	 * How it is read.
	 * @param header what a peer wrote
	 * @return the level; {@link #OFF} for what is not one
	 */
	static OpportunisticTls of(String header) {
		for (OpportunisticTls level : values()) {
			if (level.header().equals(header)) {
				return level;
			}
		}
		return OFF;
	}

	/**
	 * Whether both sides speak TLS after the negotiation.
	 * @param peer what the other side wants
	 * @return {@code true} if neither is {@link #OFF}
	 */
	public boolean encryptsWith(OpportunisticTls peer) {
		return this != OFF && peer != OFF;
	}

	/**
	 * Whether there can be no session.
	 * @param peer what the other side wants
	 * @return {@code true} if one is {@link #OFF} and the other {@link #REQUIRED}
	 */
	public boolean excludes(OpportunisticTls peer) {
		return !encryptsWith(peer) && (this == REQUIRED || peer == REQUIRED);
	}

}
