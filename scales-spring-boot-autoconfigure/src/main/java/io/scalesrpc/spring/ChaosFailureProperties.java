package io.scalesrpc.spring;

import io.scalesrpc.call.FailureKind;
import io.scalesrpc.chaos.InjectedFailure;
import org.jspecify.annotations.Nullable;

/**
 * How calls are made to fail on purpose. <em>Immutable</em>.
 *
 * @param kind Kind of the failure: not-sent, unknown, timeout or remote.
 * @param percent Share of the attempts that fail; 0 to 100.
 */
public record ChaosFailureProperties(@Nullable FailureKind kind, @Nullable Double percent) {

	static final ChaosFailureProperties NONE = new ChaosFailureProperties(null, null);

	ChaosFailureProperties over(ChaosFailureProperties defaults) {
		return new ChaosFailureProperties(ClientProperties.first(this.kind, defaults.kind),
				ClientProperties.first(this.percent, defaults.percent));
	}

	InjectedFailure toSettings() {
		InjectedFailure none = InjectedFailure.NONE;
		return new InjectedFailure(BalancerProperties.or(this.kind, none.kind()),
				BalancerProperties.or(this.percent, none.percent()));
	}

}
