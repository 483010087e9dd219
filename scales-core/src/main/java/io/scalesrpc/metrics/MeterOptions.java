package io.scalesrpc.metrics;

/**
 * Which meters there are beside the usual ones. <em>Immutable</em>.
 *
 * @param members whether each member has meters of its own, which go when it leaves
 * @param rpc whether calls are timed by the names of OpenTelemetry's conventions, too
 */
public record MeterOptions(boolean members, boolean rpc) {

	/** None. */
	public static final MeterOptions DEFAULT = new MeterOptions(false, false);

}
