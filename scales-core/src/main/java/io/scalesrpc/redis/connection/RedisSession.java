package io.scalesrpc.redis.connection;

import java.util.concurrent.RejectedExecutionException;

import io.lettuce.core.protocol.CommandType;
import io.netty.channel.Channel;
import io.scalesrpc.call.Call;
import io.scalesrpc.call.Failure;
import io.scalesrpc.call.FailureKind;
import io.scalesrpc.call.Outcome;
import io.scalesrpc.call.Reply;
import io.scalesrpc.metrics.Event;
import io.scalesrpc.redis.RedisReplyException;
import io.scalesrpc.redis.command.RedisMethod;
import io.scalesrpc.redis.command.RespWriter;
import io.scalesrpc.transport.channel.ChannelSession;
import io.scalesrpc.transport.channel.ConnectionStatus;
import io.scalesrpc.transport.channel.SessionEnd;
import org.jspecify.annotations.Nullable;

/**
 * The commands of one connection, in the order in which they were sent, which is all that
 * tells whose a reply is. So a command whose call has ended keeps its place until its
 * reply has come, replies are held until a {@link Proof} says that they are in step, and
 * whatever is not as it should be ends the connection and every call on it.
 * <p>
 * <em>Confined to the connection's event loop</em>, but for {@link #abandon} and
 * {@link #giveBack}.
 */
final class RedisSession implements ChannelSession {

	private final Channel channel;

	private final SessionTerms terms;

	private final Pending pending;

	private final CommandWriter writer;

	private final Proof proof;

	private final SilenceWatch silenceWatch;

	private @Nullable Runnable onProven;

	/** Bytes of a reply that is not whole. */
	private long unread;

	private final SessionEnd ending;

	RedisSession(Channel channel, SessionTerms terms) {
		this.channel = channel;
		this.terms = terms;
		this.ending = new SessionEnd(channel, new ConnectionStatus(terms.limits().maxPendingCalls()), this::left);
		this.pending = new Pending(terms, this.ending.occupancy());
		this.proof = new Proof(terms.random().nextLong());
		this.writer = new CommandWriter(channel, terms, this.pending, this::nextProof);
		this.silenceWatch = new SilenceWatch(terms, channel.eventLoop(), this.ending.occupancy(), this::ping,
				this::dead);
	}

	int owed() {
		return this.pending.owed();
	}

	@Override
	public SessionEnd ending() {
		return this.ending;
	}

	/** Lettuce has shaken hands: what comes from here on is ours. */
	void begin(Runnable ready) {
		this.silenceWatch.start();
		if (this.terms.settings().verifyReplies()) {
			this.onProven = ready;
			this.writer.write(nextProof());
		}
		else {
			ready.run();
		}
	}

	/** Sends a command that was encoded elsewhere. */
	void send(Exchange exchange) {
		assert this.channel.eventLoop().inEventLoop();
		if (this.ending.hasBegun()) {
			giveBack(exchange, "connection is closed", null);
		}
		else if (!exchange.isWanted()) {
			this.pending.drop(exchange);
		}
		else {
			this.silenceWatch.called();
			String refusal = this.writer.add(exchange);
			if (refusal == null) {
				return;
			}
			this.pending.finish(exchange, Failure.of(FailureKind.NOT_SENT, refusal));
		}
		this.ending.closeIfDrained();
	}

	/** Gives back a call of which nothing was sent. Runs on any thread. */
	void giveBack(Exchange exchange, String reason, @Nullable Throwable cause) {
		this.pending.giveBack(exchange, reason, cause);
	}

	void flush() {
		if (!this.ending.hasBegun()) {
			this.writer.flush();
		}
	}

	/** Nobody waits for a command any more. Runs on any thread. */
	void abandon(Exchange exchange, Outcome outcome) {
		try {
			this.channel.eventLoop().execute(() -> abandoned(exchange, outcome));
		}
		catch (RejectedExecutionException ex) {
			// The event loop is gone, and with it the connection and all it owed.
		}
	}

	private void abandoned(Exchange exchange, Outcome outcome) {
		if (this.ending.hasBegun()) {
			return;
		}
		boolean sent = exchange.phase == Exchange.Phase.SENT;
		this.pending.abandon(exchange);
		if (sent && outcome instanceof Failure failure && failure.kind() == FailureKind.TIMEOUT) {
			this.silenceWatch.callTimedOut();
		}
		if (this.pending.owesTooMuch()) {
			this.ending.occupancy().drain();
		}
		this.ending.closeIfDrained();
	}

	/** Whether bytes that came are to be read. */
	boolean takes(int bytes) {
		this.terms.metrics().count(Event.BYTES_RECEIVED, bytes);
		this.silenceWatch.heard();
		this.unread += bytes;
		int limit = this.terms.limits().maxFrameBytes();
		if (!this.ending.hasBegun() && this.unread > limit) {
			tooLarge("reply of " + this.unread + " bytes or more (expected: <= " + limit + ")");
		}
		return !this.ending.hasBegun();
	}

	/** It is this side's limit, and what follows cannot be told from the rest of it. */
	private void tooLarge(String reason) {
		Exchange oldest = this.pending.oldest();
		if (oldest != null) {
			this.pending.finish(oldest, Failure.of(FailureKind.INTERNAL, reason));
		}
		this.ending.fail(reason, null);
	}

	/** A reply was read. */
	void replied(Exchange exchange) {
		if (this.ending.hasBegun()) {
			return;
		}
		this.unread = 0;
		if (this.pending.oldest() != exchange) {
			this.ending.fail("a reply to a command that is not the oldest", null);
		}
		else if (exchange.getType() == CommandType.ECHO && exchange.call() == null) {
			prove(exchange);
		}
		else if (exchange.call() != null && this.terms.settings().verifyReplies()) {
			this.pending.hold(exchange);
		}
		else {
			deliver(exchange);
			this.ending.closeIfDrained();
		}
	}

	private void prove(Exchange echo) {
		String problem = this.proof.problem(echo.reply());
		if (problem != null) {
			this.ending.fail(problem, null);
			return;
		}
		this.pending.release().forEach(this::deliver);
		Runnable first = this.onProven;
		this.onProven = null;
		if (first != null) {
			first.run();
		}
		this.ending.closeIfDrained();
	}

	private void deliver(Exchange exchange) {
		Call call = exchange.call();
		if (call == null || !exchange.isWanted()) {
			this.pending.drop(exchange);
			return;
		}
		this.ending.occupancy().served();
		try {
			this.pending.finish(exchange, outcome(call, exchange.reply()));
		}
		catch (Throwable ex) {
			this.pending.finish(exchange,
					Failure.of(FailureKind.INTERNAL, "reply that cannot be decoded: " + ex.getMessage(), ex));
			failAfter(ex);
		}
	}

	private Outcome outcome(Call call, ReplyOutput reply) {
		RedisReplyException error = reply.failure;
		return (error != null) ? RedisErrors.failure(error.error(), where(call))
				: Reply.of(((RedisMethod) call.method()).decode(reply.get(), this));
	}

	/** As the exceptions of other failures begin. */
	private String where(Call call) {
		String service = call.method().service();
		String server = (call.target() != null) ? call.target() + " says " : "";
		return "[" + this.terms.metrics().client() + "] " + service.substring(service.lastIndexOf('.') + 1) + "."
				+ call.method().name() + ": " + server;
	}

	/** The reply was whole, and the next one begins behind it; but errors spread. */
	private void failAfter(Throwable thrown) {
		if (thrown instanceof Error) {
			this.ending.fail("the reply of another call: " + thrown, thrown);
		}
	}

	private void left(Failure failure) {
		this.silenceWatch.stop();
		this.writer.close(failure.reason(), failure.cause());
		this.pending.connectionLost(failure);
	}

	private Exchange nextProof() {
		return new Exchange(this, null, CommandType.ECHO, this.proof.next());
	}

	private void ping() {
		this.writer.write(new Exchange(this, null, CommandType.PING, RespWriter.command("PING")));
	}

	private void dead() {
		this.ending.fail(
				"no byte from the server within " + this.terms.settings().pingTimeout().toMillis() + " ms of a ping",
				null);
	}

}
