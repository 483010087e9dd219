package io.scalesrpc.thrift;

import io.netty.buffer.ByteBuf;
import org.apache.thrift.TSerializable;
import org.jspecify.annotations.Nullable;

/**
 * One of the two structs of a method: its arguments, or what a reply to it may hold.
 * Fields are counted from 0 in the order of the IDL, whatever their ids are; those of the
 * arguments are the parameters.
 * <p>
 * <em>Immutable</em>; the structs that it makes are confined to one thread.
 */
interface MessageStruct {

	/** A new one without values. */
	TSerializable create();

	/** The number of fields. */
	int size();

	String fieldName(int field);

	short fieldId(int field);

	/**
	 * Sets or, with {@code null}, unsets a field.
	 * @throws ClassCastException if the value is of another type
	 */
	void set(TSerializable struct, int field, @Nullable Object value);

	boolean isSet(TSerializable struct, int field);

	/** The value as a caller has it; of an unset field that is its default. */
	@Nullable Object get(TSerializable struct, int field);

	/**
	 * The first value of a message that was needed and does not fit, or {@code null}.
	 * @param codec the encoding of the message
	 * @param message the whole message; its reader index does not move
	 */
	@Nullable String misfit(ThriftCodec codec, ByteBuf message);

}
