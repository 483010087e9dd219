package io.scalesrpc.spring.endpoint;

import java.time.Instant;
import java.util.Comparator;

import org.jspecify.annotations.Nullable;

/**
 * Something that is wrong now, as the endpoint shows it. <em>Immutable</em>.
 *
 * @param client the client it is wrong with, or {@code *} for all
 * @param about what it is about, the worst first: client, members, circuit-breaker,
 * failures, retries, member, throttling, concurrency-limit, settings, source
 * @param subject which one: a member's address, or the scope of a circuit breaker; absent
 * if there is one only
 * @param text what is the matter, in a line
 * @param since since when; absent if nobody knows
 */
public record ProblemDescriptor(String client, String about, @Nullable String subject, String text,
		@Nullable Instant since) {

	/** What is worst comes first; then by the names of clients. */
	static final Comparator<ProblemDescriptor> WORST_FIRST = Comparator
		.comparingInt((ProblemDescriptor problem) -> Problems.ORDER.indexOf(problem.about()))
		.thenComparing(ProblemDescriptor::client);

}
