package io.scalesrpc.server;

import java.util.concurrent.atomic.AtomicReference;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.scalesrpc.call.Context;
import io.scalesrpc.call.InboundRequest;
import io.scalesrpc.server.limit.Cancellation;
import io.scalesrpc.server.wire.FailureFlags;
import io.scalesrpc.server.wire.ReplyFormat;
import io.scalesrpc.thrift.ThriftMessageException;
import io.scalesrpc.thrift.handler.ThriftRequest;
import io.scalesrpc.thrift.handler.ThriftResponse;
import io.scalesrpc.transport.UsualSize;
import org.jspecify.annotations.Nullable;

/**
 * A request and what it takes to answer it. <em>Confined to the handler's thread</em>
 * once it runs; before, to the connection's event loop.
 *
 * @param session the connection it came by
 * @param tag its tag
 * @param format how it is answered
 * @param head what it says beside its body
 * @param body the Thrift message, a slice; owned by the task
 */
record CallTask(ServerSession session, int tag, ReplyFormat format, RequestHead head, ByteBuf body) {

	static final String EXPIRED = "the deadline of the request has passed";

	/**
	 * Reads the request, has it handled, writes the reply.
	 * @return a complete frame, owned by the caller
	 */
	ByteBuf answer(CallEngine engine, Cancellation cancellation) {
		ThriftRequest request;
		try {
			request = engine.handler().decode(this.body);
		}
		catch (ThriftMessageException ex) {
			return failed(engine, Context.empty(), String.valueOf(ex.getMessage()));
		}
		catch (RuntimeException | Error ex) {
			return failed(engine, Context.empty(), "request that cannot be read: " + ex);
		}
		finally {
			releaseBody(engine);
		}
		ServerCall call = new ServerCall(engine, request, this.head, this.session.peer(), cancellation);
		ServerCall.bind(call);
		InboundRequest.current(this.head.inbound());
		try {
			return answered(engine, invoke(engine, call, request));
		}
		catch (RejectedCallException ex) {
			return rejected(engine, ex);
		}
		catch (Exception | Error ex) {
			return failed(engine, FailureFlags.of(ex), ex.toString());
		}
		finally {
			InboundRequest.current(null);
			ServerCall.unbind();
		}
	}

	void releaseBody(CallEngine engine) {
		// Reading has moved the reader index; a slice begins at 0.
		engine.limiter().giveBackBytes(this.body.writerIndex());
		this.body.release();
	}

	private static ThriftResponse invoke(CallEngine engine, ServerCall call, ThriftRequest request) throws Exception {
		if (engine.interceptor() == ServerInterceptor.NONE) {
			ThriftResponse made = request.invoke(call::isCancelled);
			call.answered(made);
			return made;
		}
		AtomicReference<@Nullable ThriftResponse> answer = new AtomicReference<>();
		engine.interceptor().intercept(call, () -> {
			ThriftResponse made = request.invoke(call::isCancelled);
			call.answered(made);
			answer.set(made);
		});
		ThriftResponse given = answer.get();
		if (given == null) {
			throw new IllegalStateException(
					"interceptor: neither invoked the handler nor threw (expected: one of them)");
		}
		return given;
	}

	private ByteBuf answered(CallEngine engine, ThriftResponse answer) {
		String nonRetryable = answer.nonRetryable();
		if (nonRetryable != null) {
			return failed(engine, FailureFlags.FINAL, nonRetryable);
		}
		UsualSize usual = this.session.usualReply();
		ByteBuf reply = this.format.answer(allocator(), usual.bytes(), this.tag, answer);
		usual.add(reply.readableBytes());
		return bounded(engine, reply);
	}

	/** Not once more, please: the work was done, and clients do not read. */
	private ByteBuf bounded(CallEngine engine, ByteBuf reply) {
		String refusal = this.session.unread().take(reply);
		if (refusal == null) {
			return reply;
		}
		reply.release();
		return failed(engine, FailureFlags.FINAL, "reply dropped by the server: " + refusal);
	}

	private ByteBuf rejected(CallEngine engine, RejectedCallException ex) {
		if (!ex.isRetryable()) {
			return failed(engine, FailureFlags.REJECTED, ex.toString());
		}
		engine.stats().nacks.increment();
		return this.format.nack(allocator(), this.tag, FailureFlags.RESTARTABLE);
	}

	private ByteBuf failed(CallEngine engine, Context flags, String text) {
		engine.stats().failures.increment();
		return this.format.error(allocator(), this.tag, flags, text);
	}

	/**
	 * What is answered when the deadline has passed and the client does not say that it
	 * has gone. A handler that was interrupted may have done its work.
	 * @return a complete frame, owned by the caller
	 */
	ByteBuf expired(CallEngine engine, boolean begun) {
		return failed(engine, begun ? FailureFlags.FINAL : FailureFlags.REJECTED, EXPIRED);
	}

	private ByteBufAllocator allocator() {
		return this.session.allocator();
	}

}
