package io.scalesrpc.observation;

import java.util.Locale;

import io.micrometer.common.KeyValue;
import io.micrometer.common.KeyValues;
import io.scalesrpc.call.Failure;
import io.scalesrpc.call.FailureKind;
import io.scalesrpc.call.Outcome;
import org.jspecify.annotations.Nullable;

/**
 * Keys and values that observations have in common: those of OpenTelemetry's semantic
 * conventions for RPC. Meters want every key every time, so one that says nothing is
 * {@code none}. <em>Stateless</em>; thread-safe.
 */
final class RpcKeys {

	private static final String OK = "OK";

	private RpcKeys() {
	}

	/** What is said of how a call ended; null while it runs. */
	static KeyValues ofOutcome(@Nullable Outcome outcome) {
		return KeyValues.of(RpcObservationKeys.RPC_STATUS_CODE.withValue(status(outcome)),
				RpcObservationKeys.ERROR_TYPE.withValue(errorType(outcome)));
	}

	/** That of the server or, where it said nothing, of the client. */
	private static String status(@Nullable Outcome outcome) {
		if (outcome instanceof Failure failure) {
			return failure.kind().name();
		}
		return (outcome != null) ? OK : KeyValue.NONE_VALUE;
	}

	/** An exception that the interface declares is an answer like others. */
	static boolean isError(@Nullable Outcome outcome) {
		return outcome instanceof Failure failure && failure.kind() != FailureKind.DECLARED;
	}

	private static String errorType(@Nullable Outcome outcome) {
		return (outcome instanceof Failure failure && isError(failure)) ? failure.kind().name().toLowerCase(Locale.ROOT)
				: KeyValue.NONE_VALUE;
	}

	/**
	 * Host and port of a member.
	 * @param text as members are written, with brackets around an IPv6 address
	 * @return empty if it is none
	 */
	static KeyValues ofServer(String text) {
		int colon = text.lastIndexOf(':');
		if (colon <= 0 || !text.substring(colon + 1).chars().allMatch(Character::isDigit)) {
			return KeyValues.empty();
		}
		String host = text.substring(0, colon);
		boolean bracketed = host.startsWith("[") && host.endsWith("]");
		return KeyValues.of(
				RpcObservationKeys.SERVER_ADDRESS.withValue(bracketed ? host.substring(1, host.length() - 1) : host),
				RpcObservationKeys.SERVER_PORT.withValue(text.substring(colon + 1)));
	}

}
