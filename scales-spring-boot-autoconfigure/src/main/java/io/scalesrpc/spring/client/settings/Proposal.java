package io.scalesrpc.spring.client.settings;

import java.util.function.BooleanSupplier;

import org.springframework.core.env.Environment;

/**
 * A configuration that is looked at before it takes effect. <em>Immutable</em>.
 *
 * @param environment what it would be
 * @param isTimely whether it has not been overtaken; asks for no bean
 * @param publish has everybody see it; asks for no bean
 */
public record Proposal(Environment environment, BooleanSupplier isTimely, Runnable publish) {

	/** What everybody sees by now. */
	public static Proposal of(Environment environment) {
		return new Proposal(environment, () -> true, () -> {
		});
	}

}
