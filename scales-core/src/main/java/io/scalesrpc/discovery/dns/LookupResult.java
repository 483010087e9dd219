package io.scalesrpc.discovery.dns;

import java.time.Duration;
import java.util.List;

import io.scalesrpc.discovery.Member;
import org.jspecify.annotations.Nullable;

/**
 * What a look-up brought. <em>Immutable</em>.
 */
sealed interface LookupResult {

	/**
	 * Members. <em>Immutable</em>.
	 *
	 * @param members at least one, in any order, without duplicates
	 * @param ttl how long they hold
	 * @param bad how many records were left out because they cannot be used
	 * @param problem which part went without an answer; {@code null} if none
	 */
	record Found(List<Member> members, Duration ttl, int bad, @Nullable String problem) implements LookupResult {
	}

	/**
	 * Name servers say that there is nothing to be called. <em>Immutable</em>.
	 *
	 * @param reason what they said
	 */
	record Gone(String reason) implements LookupResult {
	}

	/**
	 * Nobody told anything of use. <em>Immutable</em>.
	 *
	 * @param reason why
	 */
	record Failed(String reason) implements LookupResult {
	}

}
