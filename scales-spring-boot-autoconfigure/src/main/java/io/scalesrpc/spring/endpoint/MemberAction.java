package io.scalesrpc.spring.endpoint;

import java.util.Arrays;
import java.util.Locale;

import io.scalesrpc.call.Checks;

/**
 * What an operator does with a member. <em>Immutable</em>.
 */
enum MemberAction {

	/** It gets no calls. */
	DRAIN,

	/** It gets calls only when no other takes them. */
	EJECT,

	/** It is as it was. */
	RESTORE;

	static MemberAction of(String text) {
		String name = text.toUpperCase(Locale.ROOT);
		Checks.require(Arrays.stream(values()).anyMatch((action) -> action.name().equals(name)), "value", text,
				"drain, eject or restore");
		return valueOf(name);
	}

}
