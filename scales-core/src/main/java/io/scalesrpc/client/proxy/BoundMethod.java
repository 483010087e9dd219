package io.scalesrpc.client.proxy;

import java.lang.reflect.Method;
import java.util.Map;
import java.util.function.Supplier;

import io.scalesrpc.call.CallOptions;
import io.scalesrpc.call.Failure;
import io.scalesrpc.call.FailureKind;
import io.scalesrpc.call.MethodSpec;
import io.scalesrpc.call.RoutingHash;
import io.scalesrpc.protocol.Protocol;
import io.scalesrpc.protocol.RoutingParameter;
import org.jspecify.annotations.Nullable;

/**
 * The remote method behind one of an interface, and what the settings say about its
 * calls. <em>Thread-safe</em>: the settings may change.
 *
 * @param spec the remote method
 * @param terms what the settings say now, asked for every call
 * @param detached whether its callers do not wait for what becomes of their calls
 * @param unheeded what callers may not say of a call, with the reasons
 */
public record BoundMethod(MethodSpec spec, Supplier<MethodTerms> terms, boolean detached,
		Map<String, String> unheeded) {

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
		if (said.has(RoutingHash.KEY) && this.unheeded.containsKey(Protocol.ROUTING_KEY)) {
			return refusal(Protocol.ROUTING_KEY, "set");
		}
		return (said.clientId() != null && this.unheeded.containsKey(Protocol.CLIENT_ID))
				? refusal(Protocol.CLIENT_ID, said.clientId()) : null;
	}

	/** Where the key of a call is among the arguments; nowhere if nobody reads it. */
	RoutingParameter routing(Method java) {
		return this.unheeded.containsKey(Protocol.ROUTING_KEY) ? RoutingParameter.NONE
				: RoutingParameter.of(java, this.spec);
	}

	/**
	 * What has its effect of what is around a call. Headers and client ids that have none
	 * have no place to go to; balancers heed members.
	 */
	CallOptions heeded(CallOptions said) {
		return (!this.unheeded.isEmpty() && this.unheeded.containsKey(Protocol.MEMBER)) ? said.withoutMember() : said;
	}

	private Failure refusal(String option, Object value) {
		return Failure.of(FailureKind.INTERNAL, option + ": " + value + " (expected: none in the options of a call; "
				+ this.unheeded.get(option) + ")");
	}

}
