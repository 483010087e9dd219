package io.scalesrpc.thrift.handler;

import java.util.function.BooleanSupplier;

import io.scalesrpc.call.ScalesException;
import io.scalesrpc.thrift.ThriftCodec;
import io.scalesrpc.thrift.handler.ThriftRequestHandler.Target;
import org.apache.thrift.TApplicationException;
import org.apache.thrift.TSerializable;
import org.apache.thrift.protocol.TMessage;
import org.apache.thrift.protocol.TMessageType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A request for a method that a handler implements.
 * <p>
 * <em>Immutable</em>.
 */
record KnownMethod(ThriftCodec codec, TMessage header, Target target, Object arguments) implements ThriftRequest {

	private static final Logger logger = LoggerFactory.getLogger(KnownMethod.class);

	@Override
	public String name() {
		return this.header.name;
	}

	@Override
	public String fullName() {
		return this.target.fullName();
	}

	@Override
	public boolean oneway() {
		return this.target.method().oneway();
	}

	@Override
	public ThriftResponse invoke(BooleanSupplier abandoned) {
		try {
			TSerializable result = this.target.method().function().call(this.target.handler(), this.arguments);
			return (result != null) ? answer(TMessageType.REPLY, result) : ThriftResponse.NOTHING;
		}
		catch (TApplicationException ex) {
			return new FailedResponse(answer(TMessageType.EXCEPTION, ex), ex);
		}
		catch (Exception | Error ex) {
			return failed(ex, abandoned);
		}
	}

	private ThriftResponse failed(Throwable cause, BooleanSupplier abandoned) {
		TApplicationException error = MessageResponse.internalError(this.target.method().name(), cause);
		ThriftResponse answer = answer(TMessageType.EXCEPTION, error);
		boolean retryable = ScalesException.nonRetryableCause(cause) == null;
		if (retryable && !abandoned.getAsBoolean()) {
			// The caller gets one line; the trace is the server's.
			logger.warn("Handler of {} failed", this.target.method(), cause);
		}
		else {
			// Counted by the client that gave up, and where a service further down is
			// sick there are many.
			logger.debug("Handler of {} failed", this.target.method(), cause);
		}
		return (retryable || oneway()) ? new FailedResponse(answer, cause)
				: new NonRetryableResponse(answer, String.valueOf(error.getMessage()), cause);
	}

	private ThriftResponse answer(byte type, TSerializable body) {
		if (oneway()) {
			return ThriftResponse.NOTHING;
		}
		// Without the name of a multiplexed service, as Thrift's own servers answer.
		return new MessageResponse(this.codec, new TMessage(this.target.method().name(), type, this.header.seqid),
				body);
	}

}
