package io.scalesrpc.thrift;

import java.lang.reflect.Type;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

import io.netty.buffer.ByteBuf;
import io.scalesrpc.call.MethodSpec;
import io.scalesrpc.thrift.ThriftMessageException.Fault;
import org.apache.thrift.ProcessFunction;
import org.apache.thrift.TApplicationException;
import org.apache.thrift.TBase;
import org.apache.thrift.TException;
import org.apache.thrift.TFieldIdEnum;
import org.apache.thrift.meta_data.FieldMetaData;
import org.apache.thrift.protocol.TMessage;
import org.apache.thrift.protocol.TMessageType;
import org.jspecify.annotations.Nullable;

/**
 * One method of a Thrift service: writes calls of it and reads the replies, without
 * reflection.
 * <p>
 * Immutable.
 */
public final class ThriftMethod implements MethodSpec {

	private static final short SUCCESS_ID = 0;

	private final String service;

	private final String name;

	@SuppressWarnings("rawtypes")
	private final ProcessFunction<Object, TBase, TBase> function;

	private final Signature signature;

	private final List<TFieldIdEnum> parameters;

	private final @Nullable TFieldIdEnum success;

	private final List<TFieldIdEnum> exceptions;

	@SuppressWarnings("rawtypes")
	ThriftMethod(String service, String name, ProcessFunction<Object, TBase, TBase> function, Signature signature) {
		this.service = service;
		this.name = name;
		this.function = function;
		this.signature = signature;
		// Field ids may be in any order; the generated code keeps the order of the IDL, which
		// is also that of the parameters.
		this.parameters = fields(function.getEmptyArgsInstance());
		List<TFieldIdEnum> results = new ArrayList<>(fields(function.getEmptyResultInstance()));
		boolean returns = !results.isEmpty() && results.get(0).getThriftFieldId() == SUCCESS_ID;
		this.success = returns ? results.remove(0) : null;
		this.exceptions = List.copyOf(results);
		if (this.parameters.size() != signature.parameterTypes().size()) {
			throw new IllegalArgumentException(service + "." + name + ": " + signature.parameterTypes().size()
					+ " parameters (expected: " + this.parameters.size() + ", from one run of the compiler)");
		}
	}

	@SuppressWarnings({ "unchecked", "rawtypes" })
	private static List<TFieldIdEnum> fields(@Nullable TBase struct) {
		if (struct == null) {
			return List.of();
		}
		return List.copyOf(FieldMetaData.getStructMetaDataMap((Class) struct.getClass()).keySet());
	}

	@Override
	public String service() {
		return this.service;
	}

	/** The name in the IDL, which is also the one on the wire. */
	@Override
	public String name() {
		return this.name;
	}

	@Override
	public boolean oneway() {
		return this.function.isOneway();
	}

	/** The types of the parameters as the generated {@code Iface} has them. */
	public List<Type> parameterTypes() {
		return this.signature.parameterTypes();
	}

	/** The type of the result as the generated {@code Iface} has it, {@code void} included. */
	public Type returnType() {
		return this.signature.returnType();
	}

	/** The exceptions of the IDL; {@code TException} is not one of them. */
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
	 * @throws ThriftMessageException if the arguments do not fit, or the message is over a
	 * limit
	 */
	public void writeCall(ByteBuf out, int sequenceId, @Nullable Object @Nullable [] arguments, ThriftCodec codec) {
		byte type = oneway() ? TMessageType.ONEWAY : TMessageType.CALL;
		MessageStream.write(codec, out, new TMessage(this.name, type, sequenceId), argumentsOf(arguments));
	}

	@SuppressWarnings("rawtypes")
	private TBase argumentsOf(@Nullable Object @Nullable [] arguments) {
		int count = arguments == null ? 0 : arguments.length;
		if (count != this.parameters.size()) {
			throw new ThriftMessageException(Fault.UNWRITABLE,
					this.name + ": " + count + " arguments (expected: " + this.parameters.size() + ")");
		}
		TBase struct = this.function.getEmptyArgsInstance();
		for (int i = 0; i < count; i++) {
			set(struct, i, arguments[i]);
		}
		return struct;
	}

	@SuppressWarnings({ "unchecked", "rawtypes" })
	private void set(TBase struct, int parameter, @Nullable Object value) {
		TFieldIdEnum field = this.parameters.get(parameter);
		if (value == null && this.signature.isPrimitive(parameter)) {
			// Thrift would send 0, which is not what the caller said.
			throw new ThriftMessageException(Fault.UNWRITABLE,
					this.name + "." + field.getFieldName() + ": null (expected: a value)");
		}
		try {
			struct.setFieldValue(field, value);
		}
		catch (ClassCastException ex) {
			throw ThriftMessageException.unwritable(this.name + "." + field.getFieldName(), ex);
		}
	}

	/**
	 * Reads the reply to a call of this method.
	 * @param in exactly one message; its bytes are not kept. An empty one is the answer to a
	 * oneway call on transports that answer those
	 * @param sequenceId the one that was written
	 * @param codec the encoding and its limits
	 * @throws ThriftMessageException if the message is not a well-formed reply to that call
	 */
	public ThriftReply readReply(ByteBuf in, int sequenceId, ThriftCodec codec) {
		if (!in.isReadable()) {
			return emptyReply();
		}
		try {
			MessageStream stream = MessageStream.read(codec, in);
			TMessage header = stream.header();
			check(header, sequenceId);
			ThriftReply reply = header.type == TMessageType.EXCEPTION
					? new ThriftReply.Refused(stream.body(new TApplicationException())) : result(stream);
			stream.finish();
			return reply;
		}
		catch (TException | RuntimeException ex) {
			throw ThriftMessageException.unreadable(this.name, ex);
		}
	}

	private ThriftReply emptyReply() {
		if (oneway()) {
			return ThriftReply.Value.NOTHING;
		}
		throw new ThriftMessageException(Fault.EMPTY, this.name + ": 0 bytes (expected: a reply)");
	}

	// The generated clients throw an EXCEPTION before they look at the sequence id, and never
	// look at the name: another call's error would be this call's.
	private void check(TMessage header, int sequenceId) {
		if (!header.name.equals(this.name)) {
			throw new ThriftMessageException(Fault.WRONG_METHOD, "reply to method: "
					+ PeerText.printable(header.name) + " (expected: " + this.name + ")");
		}
		if (header.seqid != sequenceId) {
			throw new ThriftMessageException(Fault.WRONG_SEQUENCE,
					this.name + ": sequence id " + header.seqid + " (expected: " + sequenceId + ")");
		}
		if (header.type != TMessageType.REPLY && header.type != TMessageType.EXCEPTION) {
			throw new ThriftMessageException(Fault.WRONG_TYPE,
					this.name + ": message type " + header.type + " (expected: 2, REPLY, or 3, EXCEPTION)");
		}
	}

	@SuppressWarnings({ "unchecked", "rawtypes" })
	private ThriftReply result(MessageStream stream) throws TException {
		TBase result = this.function.getEmptyResultInstance();
		if (result == null) {
			stream.skipBody();
			return ThriftReply.Value.NOTHING;
		}
		stream.body(result);
		if (this.success != null && result.isSet(this.success)) {
			return new ThriftReply.Value(value(result.getFieldValue(this.success)));
		}
		for (TFieldIdEnum field : this.exceptions) {
			if (result.isSet(field)) {
				return new ThriftReply.Declared((TException) result.getFieldValue(field));
			}
		}
		return this.success == null ? ThriftReply.Value.NOTHING : missingResult();
	}

	/** The generated getters give a {@code binary} as an array, the Iface as a buffer. */
	private static Object value(Object value) {
		return value instanceof byte[] bytes ? ByteBuffer.wrap(bytes) : value;
	}

	private ThriftReply missingResult() {
		return new ThriftReply.Refused(
				new TApplicationException(TApplicationException.MISSING_RESULT, this.name + " failed: unknown result"));
	}

	@SuppressWarnings("rawtypes")
	ProcessFunction<Object, TBase, TBase> function() {
		return this.function;
	}

	@Override
	public String toString() {
		return this.service + "." + this.name;
	}

}
