package io.scalesrpc.thrift;

import java.lang.reflect.Type;
import java.util.List;
import java.util.stream.IntStream;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.scalesrpc.Internal;
import io.scalesrpc.call.CallOptions;
import io.scalesrpc.call.Context;
import io.scalesrpc.call.Failure;
import io.scalesrpc.call.FailureKind;
import io.scalesrpc.call.MethodCodec;
import io.scalesrpc.call.MethodSpec;
import io.scalesrpc.call.Outcome;
import io.scalesrpc.thrift.ThriftMessageException.Fault;
import io.scalesrpc.thrift.idl.AnnotatedMethod;
import io.scalesrpc.thrift.wire.MethodName;
import org.apache.thrift.TException;
import org.apache.thrift.protocol.TMessage;
import org.apache.thrift.protocol.TMessageType;
import org.apache.thrift.protocol.TProtocol;
import org.jspecify.annotations.Nullable;

/**
 * One method of a Thrift service: writes calls of it and reads the replies, without
 * reflection.
 * <p>
 * <em>Immutable</em>.
 */
@Internal
public final class ThriftMethod implements MethodSpec {

	private static final @Nullable Object[] NO_ARGUMENTS = {};

	private final String service;

	private final String name;

	private final ThriftFunction function;

	private final Signature signature;

	private final MessageStruct parameters;

	private final MessageStream.Writer writer = this::write;

	private final ReplyReader replies;

	private final @Nullable MethodCodec codec;

	private final CallOptions declared;

	private final int routingParameter;

	ThriftMethod(String service, String name, ThriftFunction function, Signature signature, AnnotatedMethod said) {
		this.service = service;
		this.name = name;
		this.function = function;
		this.signature = signature;
		// Field ids may be in any order; the generated code keeps the order of the IDL,
		// which is also that of the parameters.
		this.parameters = function.arguments();
		this.replies = new ReplyReader(name, function.result());
		this.declared = said.options();
		this.codec = this.replies.hasValue() ? new ThriftMethodCodec(this) : null;
		if (this.parameters.size() != signature.parameterTypes().size()) {
			throw new IllegalArgumentException(service + "." + name + ": " + signature.parameterTypes().size()
					+ " parameters (expected: " + this.parameters.size() + ", from one run of the compiler)");
		}
		this.routingParameter = (said.routingKey() != null) ? indexOf(said.routingKey()) : -1;
	}

	private int indexOf(String parameter) {
		List<String> names = IntStream.range(0, this.parameters.size()).mapToObj(this.parameters::fieldName).toList();
		if (!names.contains(parameter)) {
			throw new IllegalArgumentException(this.service + "." + this.name + ": routing-key " + parameter
					+ " (expected: one of its parameters " + names + ")");
		}
		return names.indexOf(parameter);
	}

	@Override
	public String service() {
		return this.service;
	}

	@Override
	public String name() {
		return this.name;
	}

	@Override
	public boolean oneway() {
		return this.function.oneway();
	}

	@Override
	public @Nullable MethodCodec codec() {
		return this.codec;
	}

	@Override
	public CallOptions declared() {
		return this.declared;
	}

	@Override
	public int routingParameter() {
		return this.routingParameter;
	}

	/**
	 * The types of the parameters as the generated {@code Iface} has them.
	 * @return the types in the order of the parameters
	 */
	public List<Type> parameterTypes() {
		return this.signature.parameterTypes();
	}

	/**
	 * The type of the result as the generated {@code Iface} has it, {@code void}
	 * included.
	 * @return the type
	 */
	public Type returnType() {
		return this.signature.returnType();
	}

	/**
	 * The exceptions of the IDL; {@code TException} is not one of them.
	 * @return their classes, in the order of the IDL
	 */
	public List<Class<?>> declaredExceptions() {
		return this.signature.declaredExceptions();
	}

	/**
	 * Appends a call to a buffer.
	 * @param out where to; as it was if this method throws
	 * @param sequenceId any number, repeated by the server in its reply
	 * @param arguments one for each parameter; {@code null} when there are none. A
	 * {@code null} element leaves its field out
	 * @param codec the encoding and its limits
	 * @throws ThriftMessageException if the arguments do not fit, or the message is over
	 * a limit
	 */
	public void writeCall(ByteBuf out, int sequenceId, @Nullable Object @Nullable [] arguments, ThriftCodec codec) {
		MessageStream.write(codec, out, this.name, sequenceId, argumentsOf(arguments), this.writer);
	}

	private void write(TProtocol out, ThriftCodec codec, int sequenceId, Object struct) throws TException {
		byte type = oneway() ? TMessageType.ONEWAY : TMessageType.CALL;
		String called = codec.nameOf(this.name);
		if (out instanceof MethodName.HeadProtocol fast && called.equals(this.name)) {
			fast.writeHead(this.replies.name(), type, sequenceId);
		}
		else {
			out.writeMessageBegin(new TMessage(called, type, sequenceId));
		}
		this.parameters.write(out, struct);
	}

	/**
	 * Writes a call that is to travel in something that has a length.
	 * @param sequenceId any number, repeated by the server in its reply
	 * @param arguments one for each parameter; {@code null} when there are none
	 * @param codec the encoding and its limits
	 * @return the message
	 * @throws ThriftMessageException if the arguments do not fit, or the message is over
	 * a limit
	 */
	public byte[] callBytes(int sequenceId, @Nullable Object @Nullable [] arguments, ThriftCodec codec) {
		ByteBuf out = Unpooled.buffer();
		try {
			writeCall(out, sequenceId, arguments, codec);
			return ByteBufUtil.getBytes(out);
		}
		finally {
			out.release();
		}
	}

	private Object argumentsOf(@Nullable Object @Nullable [] arguments) {
		@Nullable Object[] given = (arguments != null) ? arguments : NO_ARGUMENTS;
		int count = given.length;
		if (count != this.parameters.size()) {
			throw new ThriftMessageException(Fault.UNWRITABLE,
					this.name + ": " + count + " arguments (expected: " + this.parameters.size() + ")");
		}
		Object struct = this.parameters.create(given);
		for (int i = 0; i < count; i++) {
			set(struct, i, given[i]);
		}
		return struct;
	}

	private void set(Object struct, int parameter, @Nullable Object value) {
		if (value == null && this.signature.isPrimitive(parameter)) {
			// Thrift would send 0, which is not what the caller said.
			throw new ThriftMessageException(Fault.UNWRITABLE,
					this.name + "." + this.parameters.fieldName(parameter) + ": null (expected: a value)");
		}
		try {
			this.parameters.set(struct, parameter, value);
		}
		catch (ClassCastException ex) {
			throw ThriftMessageException.unwritable(this.name + "." + this.parameters.fieldName(parameter), ex);
		}
	}

	/**
	 * Reads the reply to a call of this method.
	 * @param in exactly one message; its bytes are not kept. An empty one is the answer
	 * to a oneway call on transports that answer those
	 * @param sequenceId the one that was written
	 * @param codec the encoding and its limits
	 * @return what the server answered
	 * @throws ThriftMessageException if the message is not a well-formed reply to that
	 * call
	 */
	public ThriftReply readReply(ByteBuf in, int sequenceId, ThriftCodec codec) {
		return this.replies.read(in, sequenceId, codec);
	}

	/**
	 * How a call ends with a message whose end is known. A reply to that call which
	 * cannot be read is a failure of this call alone.
	 * @param in exactly one message; its bytes are not kept
	 * @param sequenceId the one that was written
	 * @param codec the encoding and its limits
	 * @return how the call ends
	 * @throws ThriftMessageException if the message may belong to another call: then
	 * nothing that comes from there can be believed
	 */
	public Outcome outcome(ByteBuf in, int sequenceId, ThriftCodec codec) {
		try {
			return readReply(in, sequenceId, codec).outcome(Context.empty());
		}
		catch (ThriftMessageException ex) {
			if (!ex.isExpectedReply()) {
				throw ex;
			}
			return Failure.of(FailureKind.INTERNAL, "reply that cannot be decoded: " + ex.getMessage(), ex);
		}
	}

	public ThriftFunction function() {
		return this.function;
	}

	@Override
	public String toString() {
		return this.service + "." + this.name;
	}

}
