package io.scalesrpc.client.proxy;

import java.time.Duration;
import java.util.Map;

import io.scalesrpc.call.CallOptions;
import io.scalesrpc.call.Failure;
import io.scalesrpc.call.FailureKind;
import io.scalesrpc.call.MethodSpec;
import io.scalesrpc.protocol.Protocol;
import org.jspecify.annotations.Nullable;

/**
 * The remote method behind one of an interface, and what the settings say about its
 * calls. <em>Immutable</em>.
 *
 * @param spec the remote method
 * @param timeout how long a call may take in all, above zero
 * @param options the rest of the settings
 * @param detached whether its callers do not wait for what becomes of their calls
 * @param unheeded what callers may not say of a call, with the reasons
 */
public record BoundMethod(MethodSpec spec, Duration timeout, CallOptions options, boolean detached,
		Map<String, String> unheeded) {

	/**
	 * A method whose callers wait.
	 * @param spec the remote method
	 * @param timeout how long a call may take in all, above zero
	 * @param options the rest of the settings
	 */
	public BoundMethod(MethodSpec spec, Duration timeout, CallOptions options) {
		this(spec, timeout, options, false, Map.of());
	}

	/** Why a call cannot be made as its caller says. */
	@Nullable Failure refusal(CallOptions said) {
		if (this.unheeded.isEmpty()) {
			return null;
		}
		if (said.headers().size() > 0 && this.unheeded.containsKey(Protocol.HEADER)) {
			return refusal(Protocol.HEADER, said.headers());
		}
		if (said.member() != null && this.unheeded.containsKey(Protocol.MEMBER)) {
			return refusal(Protocol.MEMBER, said.member());
		}
		return (said.clientId() != null && this.unheeded.containsKey(Protocol.CLIENT_ID))
				? refusal(Protocol.CLIENT_ID, said.clientId()) : null;
	}

	private Failure refusal(String option, Object value) {
		return Failure.of(FailureKind.INTERNAL, option + ": " + value + " (expected: none in the options of a call; "
				+ this.unheeded.get(option) + ")");
	}

}
