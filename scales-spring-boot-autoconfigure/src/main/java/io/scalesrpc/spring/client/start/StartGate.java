package io.scalesrpc.spring.client.start;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;

import io.scalesrpc.call.SinkState;
import io.scalesrpc.client.ClientHandle;
import io.scalesrpc.client.ClientView;
import io.scalesrpc.client.MemberView;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Holds the start of the application until the clients that ask for it have members to
 * call, all of them at the same time, and none longer than it asked for.
 * <em>Stateless</em>.
 */
public final class StartGate {

	private static final Logger logger = LoggerFactory.getLogger(StartGate.class);

	/** A client tells by itself when its time is over; this is for one that does not. */
	private static final Duration SPARE = Duration.ofSeconds(1);

	private static final int PROBLEMS = 3;

	private StartGate() {
	}

	/** Waits; a client that is not ready in time is told to the log. */
	public static void await(Map<ClientHandle<?>, MinReady> clients) {
		List<Waiting> waiting = new ArrayList<>();
		clients.forEach((client, wanted) -> waiting
			.add(new Waiting(client, wanted, client.ready(wanted.members(), wanted.limit()).toCompletableFuture())));
		Duration longest = clients.values().stream().map(MinReady::limit).reduce(Duration.ZERO, StartGate::longer);
		await(CompletableFuture.allOf(waiting.stream().map(Waiting::ready).toArray(CompletableFuture<?>[]::new)),
				longest.plus(SPARE));
		waiting.stream()
			.filter((client) -> !client.ready().getNow(false))
			.forEach((client) -> tell(client.handle().view(), client.wanted()));
	}

	private static void await(CompletableFuture<Void> all, Duration limit) {
		try {
			all.get(limit.toMillis(), TimeUnit.MILLISECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		catch (ExecutionException | TimeoutException ex) {
			logger.debug("Some clients are not ready", ex);
		}
	}

	private static void tell(ClientView view, MinReady wanted) {
		long ready = view.members().stream().filter((member) -> member.state() == SinkState.OPEN).count();
		logger.warn("scales.clients.{}: {} of {} members are ready ({} wanted within {} ms), starting without them: {}",
				view.name(), ready, view.members().size(), wanted.members(), wanted.limit().toMillis(), reason(view));
	}

	private static String reason(ClientView view) {
		if (view.members().isEmpty()) {
			String error = view.source().lastError();
			return view.uri() + ((error != null) ? " does not answer: " + error : " has told no member");
		}
		String problems = view.members()
			.stream()
			.filter((member) -> member.state() != SinkState.OPEN)
			.map(StartGate::problem)
			.limit(PROBLEMS)
			.collect(Collectors.joining("; "));
		return problems.isEmpty() ? "there are no more" : problems;
	}

	private static String problem(MemberView member) {
		return member.problem().isEmpty() ? member.address() + " is not connected" : member.problem();
	}

	private static Duration longer(Duration a, Duration b) {
		return (a.compareTo(b) >= 0) ? a : b;
	}

	/**
	 * A client that is waited for. <em>Immutable</em>.
	 *
	 * @param handle the client
	 * @param wanted what it asked for
	 * @param ready completes with whether it got that
	 */
	private record Waiting(ClientHandle<?> handle, MinReady wanted, CompletableFuture<Boolean> ready) {
	}

}
