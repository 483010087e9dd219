package io.scalesrpc.spring.settings.stage;

import io.scalesrpc.call.FailureKind;
import io.scalesrpc.chaos.InjectedFailure;

import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How calls are made to fail on purpose. <em>Immutable</em>.
 *
 * @param kind Kind of the failure: not-sent, connection-lost, timeout or remote.
 * @param percent Share of the attempts that fail; 0 to 100.
 */
public record ChaosFailureProperties(@DefaultValue("remote") FailureKind kind, @DefaultValue("0") double percent) {

	InjectedFailure toSettings() {
		return new InjectedFailure(this.kind, this.percent);
	}

}
