package io.scalesrpc.mux;

import io.scalesrpc.Internal;

/**
 * The types of mux messages: the signed byte after the length of a frame. T messages ask,
 * R messages answer with the negated number. {@code Rerr} and {@code Tdiscarded} were
 * first numbered wrongly; Finagle writes the old numbers and reads both, and so do we.
 * <em>Immutable</em>.
 */
@Internal
public final class MuxType {

	/** A request without contexts, client to server; deprecated. */
	public static final int TREQ = 1;

	/** The answer to a {@link #TREQ}. */
	public static final int RREQ = -1;

	/** A request with contexts, destination and dtab, client to server. */
	public static final int TDISPATCH = 2;

	/** The answer to a {@link #TDISPATCH}. */
	public static final int RDISPATCH = -2;

	/** The server is about to close: no new requests, please. */
	public static final int TDRAIN = 64;

	/** The client sends no new requests. */
	public static final int RDRAIN = -64;

	/** Are you there? Both directions. */
	public static final int TPING = 65;

	/** I am. */
	public static final int RPING = -65;

	/**
	 * The client no longer waits for an answer; the number of the specification, which is
	 * only read.
	 */
	public static final int TDISCARDED = 66;

	/**
	 * The client no longer waits for an answer; the old number, which is the one that is
	 * written.
	 */
	public static final int TDISCARDED_OLD = -62;

	/** The server has dropped the request; no other answer follows. */
	public static final int RDISCARDED = -66;

	/** How long the server promises to take requests. */
	public static final int TLEASE = 67;

	/** Opens a session, client to server: version and headers. */
	public static final int TINIT = 68;

	/** The answer to a {@link #TINIT}. */
	public static final int RINIT = -68;

	/**
	 * The server did not understand; the number of the specification, which is only read.
	 */
	public static final int RERR = -128;

	/**
	 * The server did not understand, and the client's first frame; the old number, which
	 * is the one that is written.
	 */
	public static final int RERR_OLD = 127;

	private MuxType() {
	}

	/**
	 * The name of a type, for messages and logs.
	 * @param type any number
	 * @return the name, the same for old and new numbers; {@code unknown(type)} if there
	 * is no such type
	 */
	public static String name(int type) {
		return switch (type) {
			case TREQ -> "Treq";
			case RREQ -> "Rreq";
			case TDISPATCH -> "Tdispatch";
			case RDISPATCH -> "Rdispatch";
			case TDRAIN -> "Tdrain";
			case RDRAIN -> "Rdrain";
			case TPING -> "Tping";
			case RPING -> "Rping";
			case TDISCARDED, TDISCARDED_OLD -> "Tdiscarded";
			case RDISCARDED -> "Rdiscarded";
			case TLEASE -> "Tlease";
			case TINIT -> "Tinit";
			case RINIT -> "Rinit";
			case RERR, RERR_OLD -> "Rerr";
			default -> "unknown(" + type + ")";
		};
	}

	/**
	 * Whether messages of this type carry a request or an answer, and so may be of any
	 * size.
	 * @param type any number
	 * @return {@code false} for what only controls a session
	 */
	static boolean carriesMessage(int type) {
		return switch (type) {
			case TREQ, RREQ, TDISPATCH, RDISPATCH -> true;
			default -> false;
		};
	}

	static boolean isKnown(int type) {
		return switch (type) {
			case TREQ, RREQ, TDISPATCH, RDISPATCH, TDRAIN, RDRAIN, TPING, RPING, TDISCARDED, TDISCARDED_OLD, RDISCARDED,
					TLEASE, TINIT, RINIT, RERR, RERR_OLD ->
				true;
			default -> false;
		};
	}

}
