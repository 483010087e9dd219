package io.scalesrpc.thrift;

import io.netty.buffer.ByteBuf;
import io.scalesrpc.Internal;
import org.apache.thrift.TException;
import org.apache.thrift.TSerializable;
import org.apache.thrift.protocol.TProtocol;
import org.jspecify.annotations.Nullable;

/**
 * One of the two structs of a method: its arguments, or what a reply to it may hold.
 * Fields are counted from 0 in the order of the IDL, whatever their ids are; those of the
 * arguments are the parameters.
 * <p>
 * <em>Immutable</em>; the structs that it makes are confined to one thread.
 */
@Internal
public interface MessageStruct {

	/**
	 * One that is to have these values; each is set afterwards.
	 * @param values one for each field; may become part of it
	 */
	Object create(@Nullable Object[] values);

	/** Reads one. */
	public Object read(TProtocol in) throws TException;

	/**
	 * Reads one of which the first field that is set is a reply.
	 * @param firstException the first field that is an exception
	 * @return the reply, or {@code null} if no field is set
	 */
	@Nullable ThriftReply readReply(TProtocol in, int firstException) throws TException;

	void write(TProtocol out, Object struct) throws TException;

	/** One with a value in one field, or with {@code null} none at all. */
	TSerializable of(int field, @Nullable Object value);

	/** The number of fields. */
	int size();

	String fieldName(int field);

	short fieldId(int field);

	/**
	 * Sets or, with {@code null}, unsets a field.
	 * @throws ClassCastException if the value is of another type
	 */
	void set(Object struct, int field, @Nullable Object value);

	/** The values as a caller has them; of unset fields that is their default. */
	@Nullable Object[] values(Object struct);

	/**
	 * The first value of a message that was needed and does not fit, or {@code null}.
	 * @param codec the encoding of the message
	 * @param message the whole message; its reader index does not move
	 */
	@Nullable String misfit(ThriftCodec codec, ByteBuf message);

	static ThriftReply reply(boolean exception, Object value) {
		return (exception && value instanceof Exception declared) ? new ThriftReply.Declared(declared)
				: new ThriftReply.Value(value);
	}

}
