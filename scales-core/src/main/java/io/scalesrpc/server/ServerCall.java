package io.scalesrpc.server;

import java.net.SocketAddress;
import java.time.Duration;

import io.scalesrpc.call.Context;
import io.scalesrpc.call.Deadline;
import io.scalesrpc.server.limit.Cancellation;
import io.scalesrpc.thrift.handler.ThriftRequest;
import io.scalesrpc.thrift.handler.ThriftResponse;
import io.scalesrpc.time.Ticker;
import org.jspecify.annotations.Nullable;

/**
 * The call that a handler is running: what the client sent beside the arguments, and
 * whether it still waits. Bound to the handler's thread; may be handed to others.
 * <em>Thread-safe</em>.
 */
public final class ServerCall {

	private static final ThreadLocal<@Nullable ServerCall> CURRENT = new ThreadLocal<>();

	private final ServerProtocol protocol;

	private final String method;

	private final String fullName;

	private final RequestHead head;

	private final SocketAddress peer;

	private final Ticker ticker;

	private final Cancellation cancellation;

	private volatile boolean failed;

	private volatile @Nullable Throwable error;

	ServerCall(CallEngine engine, ThriftRequest request, RequestHead head, SocketAddress peer,
			Cancellation cancellation) {
		this.protocol = engine.protocol();
		this.method = request.name();
		this.fullName = request.fullName();
		this.head = head;
		this.peer = peer;
		this.ticker = engine.deadlines().ticker();
		this.cancellation = cancellation;
	}

	/**
	 * The call that this thread is running.
	 * @return the call
	 * @throws IllegalStateException if it is running none
	 */
	public static ServerCall current() {
		ServerCall call = CURRENT.get();
		if (call == null) {
			throw new IllegalStateException(
					"call: none on thread " + Thread.currentThread().getName() + " (expected: a handler's thread)");
		}
		return call;
	}

	static void bind(ServerCall call) {
		CURRENT.set(call);
	}

	/** The thread keeps the place, for its next call. */
	static void unbind() {
		CURRENT.set(null);
	}

	/**
	 * What the client speaks.
	 * @return the protocol of the server
	 */
	public ServerProtocol protocol() {
		return this.protocol;
	}

	/**
	 * The method called.
	 * @return its name as in the IDL
	 */
	public String method() {
		return this.method;
	}

	/**
	 * The service and the method, for traces and meters: one of those that the server
	 * has.
	 * @return for example {@code com.acme.Calculator/add}, or {@code _OTHER} for a method
	 * that it has not
	 */
	public String fullName() {
		return this.fullName;
	}

	/**
	 * Who says to be calling; nothing proves it.
	 * @return Finagle's client id, or {@code null} if the client sent none
	 */
	public @Nullable String clientId() {
		return this.head.clientId();
	}

	/**
	 * How much time the client still gives; whose clock counts is a matter of the
	 * server's {@link DeadlinePolicy}, and whether the call goes on when it has passed.
	 * @return the time, zero or negative once the deadline has passed; {@code null} if
	 * the client sent no deadline
	 */
	public @Nullable Duration remaining() {
		Deadline deadline = this.head.deadline();
		return (deadline != null) ? Duration.ofNanos(deadline.remainingNanos(this.ticker.nanos())) : null;
	}

	/**
	 * How often this hop has sent the request before.
	 * @return zero for the first time, also if the client does not say
	 */
	public int retries() {
		return this.head.retries();
	}

	/**
	 * All contexts, unknown ones included.
	 * @return the contexts, empty for a Treq
	 */
	public Context contexts() {
		return this.head.contexts();
	}

	/**
	 * Where the client meant the request to go.
	 * @return a Finagle path, empty for none
	 */
	public String destination() {
		return this.head.destination();
	}

	/**
	 * The other end of the connection.
	 * @return its address
	 */
	public SocketAddress peer() {
		return this.peer;
	}

	/**
	 * Whether nobody waits for the answer any more: the client discarded the call, its
	 * deadline has passed, or its connection is gone.
	 * @return {@code true} from then on
	 */
	public boolean isCancelled() {
		return this.cancellation.isCancelled();
	}

	/**
	 * Whether the handler failed in a way that the IDL does not declare; for
	 * interceptors, once the handler has run.
	 * @return {@code false} for a result, a declared exception, and a handler that runs
	 */
	public boolean isFailed() {
		return this.failed;
	}

	void answered(ThriftResponse answer) {
		this.failed = answer.isError();
		this.error = answer.error();
	}

	/**
	 * Why the call has no result, once its handler has run.
	 * @return what the handler threw without declaring it, or what is wrong with the
	 * request; {@code null} for a result or an exception of the IDL
	 */
	public @Nullable Throwable error() {
		return this.error;
	}

	/**
	 * Has an action run when the call is cancelled; at once, on this thread, if it is.
	 * @param action runs on the connection's event loop and must not block; what it
	 * throws is logged
	 */
	public void onCancel(Runnable action) {
		this.cancellation.onCancel(action);
	}

	@Override
	public String toString() {
		return this.method + " from " + this.peer;
	}

}
