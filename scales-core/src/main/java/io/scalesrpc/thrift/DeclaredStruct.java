package io.scalesrpc.thrift;

import io.netty.buffer.ByteBuf;
import io.scalesrpc.thrift.declared.FieldSet;
import org.apache.thrift.TException;
import org.apache.thrift.TSerializable;
import org.apache.thrift.protocol.TProtocol;
import org.jspecify.annotations.Nullable;

/**
 * A struct of a method that has no generated code: an array of values.
 * <p>
 * <em>Immutable</em>.
 *
 * @param fields what it has
 */
record DeclaredStruct(FieldSet fields) implements MessageStruct {

	private static final FieldSet.First<ThriftReply> OF_VALUES = (field, value) -> MessageStruct.reply(field > 0,
			value);

	private static final FieldSet.First<ThriftReply> OF_VOID = (field, value) -> MessageStruct.reply(true, value);

	/** The array itself, since nothing is to be copied. */
	@Override
	public Object create(@Nullable Object[] values) {
		return values;
	}

	@Override
	public Object read(TProtocol in) throws TException {
		return this.fields.read(in);
	}

	@Override
	public @Nullable ThriftReply readReply(TProtocol in, int firstException) throws TException {
		return this.fields.readFirst(in, (firstException > 0) ? OF_VALUES : OF_VOID);
	}

	@Override
	public void write(TProtocol out, Object struct) throws TException {
		this.fields.write(out, (@Nullable Object[]) struct);
	}

	@Override
	public int size() {
		return this.fields.size();
	}

	@Override
	public String fieldName(int field) {
		return this.fields.fieldName(field);
	}

	@Override
	public short fieldId(int field) {
		return this.fields.fieldId(field);
	}

	@Override
	public void set(Object struct, int field, @Nullable Object value) {
		((@Nullable Object[]) struct)[field] = checked(field, value);
	}

	private @Nullable Object checked(int field, @Nullable Object value) {
		return this.fields.javaType(field).cast(value);
	}

	@Override
	public @Nullable Object[] values(Object struct) {
		return (@Nullable Object[]) struct;
	}

	@Override
	public TSerializable of(int field, @Nullable Object value) {
		return new OneField(this.fields, field, (value != null) ? checked(field, value) : null);
	}

	@Override
	public @Nullable String misfit(ThriftCodec codec, ByteBuf message) {
		try {
			MessageStream stream = MessageStream.read(codec, message.duplicate());
			stream.header();
			return this.fields.misfit(stream.protocol());
		}
		catch (TException | RuntimeException ex) {
			String text = String.valueOf(ex.getMessage());
			return text.contains("(expected: ") ? text : null;
		}
	}

	/**
	 * Where one field has a value. <em>Immutable</em>.
	 *
	 * @param fields of the struct
	 * @param field which one
	 * @param value its value
	 */
	private record OneField(FieldSet fields, int field, @Nullable Object value) implements TSerializable {

		@Override
		public void read(TProtocol in) {
			throw new UnsupportedOperationException();
		}

		@Override
		public void write(TProtocol out) throws TException {
			this.fields.write(out, this.field, this.value);
		}

	}

}
