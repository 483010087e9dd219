package io.scalesrpc.thrift;

import io.netty.buffer.ByteBuf;
import io.scalesrpc.log.PeerText;
import io.scalesrpc.thrift.ThriftMessageException.Fault;
import io.scalesrpc.thrift.wire.MethodName;
import org.apache.thrift.TApplicationException;
import org.apache.thrift.TException;
import org.apache.thrift.protocol.TMessage;
import org.apache.thrift.protocol.TMessageType;
import org.apache.thrift.protocol.TProtocolException;
import org.jspecify.annotations.Nullable;

/**
 * Reads the replies to one method, and refuses those that are not for it.
 * <p>
 * <em>Immutable</em>.
 */
final class ReplyReader {

	private static final short SUCCESS_ID = 0;

	private final String method;

	private final MethodName name;

	/** {@code null} for a oneway method. */
	private final @Nullable MessageStruct result;

	/** The field of the first exception: the result, if there is one, is before it. */
	private final int firstException;

	private final ThriftReply missing;

	ReplyReader(String method, @Nullable MessageStruct result) {
		this.method = method;
		this.name = MethodName.of(method);
		this.result = result;
		boolean returns = result != null && result.size() > 0 && result.fieldId(0) == SUCCESS_ID;
		this.firstException = (returns) ? 1 : 0;
		this.missing = new ThriftReply.Refused(
				new TApplicationException(TApplicationException.MISSING_RESULT, method + " failed: unknown result"));
	}

	/** The method's name. */
	MethodName name() {
		return this.name;
	}

	/** Whether there is a result, which void and oneway methods do not have. */
	boolean hasValue() {
		return this.firstException == 1;
	}

	ThriftReply read(ByteBuf in, int sequenceId, ThriftCodec codec) {
		if (!in.isReadable()) {
			return empty();
		}
		int start = in.readerIndex();
		int length = in.readableBytes();
		boolean expected = false;
		try {
			MessageStream stream = MessageStream.read(codec, in);
			boolean refused = !stream.readReplyHeader(this.name, sequenceId)
					&& isException(stream.header(), sequenceId);
			expected = true;
			ThriftReply reply = refused ? new ThriftReply.Refused(stream.body(new TApplicationException()))
					: result(stream);
			stream.finish();
			return (reply == this.missing) ? missing(codec, in.slice(start, length)) : reply;
		}
		catch (TException | RuntimeException ex) {
			String misfit = isUnset(ex) ? misfit(codec, in.slice(start, length)) : null;
			if (misfit != null) {
				return new ThriftReply.Misfit(misfit);
			}
			throw expected ? ThriftMessageException.unreadableBody(this.method, ex)
					: ThriftMessageException.unreadable(this.method, ex);
		}
	}

	/** Of generated code, about a required field. */
	private static boolean isUnset(Exception ex) {
		return ex.getClass() == TProtocolException.class
				&& String.valueOf(ex.getMessage()).startsWith("Required field");
	}

	private @Nullable String misfit(ThriftCodec codec, ByteBuf message) {
		return (this.result != null) ? this.result.misfit(codec, message) : null;
	}

	private ThriftReply empty() {
		if (this.result == null) {
			return ThriftReply.Value.NOTHING;
		}
		throw new ThriftMessageException(Fault.EMPTY, this.method + ": 0 bytes (expected: a reply)");
	}

	// Generated clients throw an EXCEPTION before they look at the sequence id, and never
	// look at the name: another call's error would be this call's.
	private boolean isException(TMessage header, int sequenceId) {
		if (!header.name.equals(this.method)) {
			throw new ThriftMessageException(Fault.WRONG_METHOD,
					"reply to method: " + PeerText.printable(header.name) + " (expected: " + this.method + ")");
		}
		if (header.seqid != sequenceId) {
			throw new ThriftMessageException(Fault.WRONG_SEQUENCE,
					this.method + ": sequence id " + header.seqid + " (expected: " + sequenceId + ")");
		}
		if (header.type != TMessageType.REPLY && header.type != TMessageType.EXCEPTION) {
			throw new ThriftMessageException(Fault.WRONG_TYPE,
					this.method + ": message type " + header.type + " (expected: 2, REPLY, or 3, EXCEPTION)");
		}
		return header.type == TMessageType.EXCEPTION;
	}

	private ThriftReply result(MessageStream stream) throws TException {
		MessageStruct result = this.result;
		if (result == null) {
			stream.skipBody();
			return ThriftReply.Value.NOTHING;
		}
		ThriftReply reply = result.readReply(stream.protocol(), this.firstException);
		if (reply != null) {
			return reply;
		}
		return hasValue() ? this.missing : ThriftReply.Value.NOTHING;
	}

	/** Nothing came, or what came does not fit. */
	private ThriftReply missing(ThriftCodec codec, ByteBuf message) {
		String misfit = misfit(codec, message);
		return (misfit != null) ? new ThriftReply.Misfit(misfit) : this.missing;
	}

}
