package io.scalesrpc.redis.connection;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

import io.scalesrpc.call.Failure;
import io.scalesrpc.call.Outcome;
import io.scalesrpc.metrics.Event;
import io.scalesrpc.redis.connection.Exchange.Phase;
import io.scalesrpc.transport.channel.ConnectionStatus;
import org.jspecify.annotations.Nullable;

/**
 * The commands of one connection that are not over: those that were sent, in their order,
 * and those whose replies are here but not yet proven to be theirs. One whose call has
 * ended keeps its place, and the server owes its reply. <em>Confined to the connection's
 * event loop</em>.
 */
final class Pending {

	private final SessionTerms terms;

	private final ConnectionStatus connectionStatus;

	private final ArrayDeque<Exchange> sent = new ArrayDeque<>();

	private final List<Exchange> unproven = new ArrayList<>();

	private int owed;

	Pending(SessionTerms terms, ConnectionStatus connectionStatus) {
		this.terms = terms;
		this.connectionStatus = connectionStatus;
	}

	/** How many replies the server owes to calls that nobody waits for. */
	int owed() {
		return this.owed;
	}

	boolean owesTooMuch() {
		return this.owed > this.terms.limits().maxOwedTags();
	}

	/** Takes a command that is to be sent. */
	void queued(Exchange exchange) {
		exchange.phase = Phase.QUEUED;
	}

	/** A command is with the channel; its reply comes after those of all before it. */
	void sent(Exchange exchange) {
		exchange.phase = Phase.SENT;
		this.sent.add(exchange);
	}

	/** Takes the command that the next reply belongs to. */
	@Nullable Exchange oldest() {
		return this.sent.poll();
	}

	void hold(Exchange answered) {
		this.unproven.add(answered);
	}

	/** The replies that are proven now. */
	List<Exchange> release() {
		List<Exchange> proven = List.copyOf(this.unproven);
		this.unproven.clear();
		return proven;
	}

	/** Nobody waits any more. */
	void abandon(Exchange exchange) {
		if (exchange.phase == Phase.QUEUED) {
			done(exchange);
		}
		else if (exchange.phase == Phase.SENT) {
			exchange.phase = Phase.OWED;
			this.connectionStatus.finished();
			this.owed++;
			this.terms.owed().increment();
		}
	}

	/** Nothing of a command is left on the connection; ends its call. */
	void finish(Exchange exchange, Outcome outcome) {
		done(exchange);
		if (exchange.call() != null) {
			exchange.call().end(outcome);
		}
	}

	/** Gives back a call of which nothing was sent, because the connection ends. */
	void giveBack(Exchange exchange, String reason, @Nullable Throwable cause) {
		done(exchange);
		if (exchange.call() != null) {
			this.connectionStatus.unsent().giveBack(exchange.call(), reason, cause);
		}
	}

	/** The reply to a call that has ended is here, or will never be sent. */
	void drop(Exchange exchange) {
		if (exchange.phase == Phase.OWED) {
			this.terms.metrics().count(Event.LATE_REPLY);
		}
		done(exchange);
	}

	/** What was sent may have been done, whatever the connection died of. */
	void connectionLost(Failure failure) {
		release().forEach((exchange) -> finish(exchange, failure));
		for (Exchange next = this.sent.poll(); next != null; next = this.sent.poll()) {
			finish(next, failure);
		}
	}

	private void done(Exchange exchange) {
		if (exchange.phase == Phase.OWED) {
			this.owed--;
			this.terms.owed().decrement();
		}
		else if (exchange.phase != Phase.DONE && exchange.call() != null) {
			this.connectionStatus.finished();
		}
		exchange.phase = Phase.DONE;
	}

}
