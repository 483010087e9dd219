package io.scalesrpc.thrift;

import io.netty.buffer.ByteBuf;
import io.scalesrpc.thrift.declared.FieldSet;
import org.apache.thrift.TException;
import org.apache.thrift.TSerializable;
import org.apache.thrift.protocol.TProtocol;
import org.jspecify.annotations.Nullable;

/**
 * A struct of a method that has no generated code.
 * <p>
 * <em>Immutable</em>.
 *
 * @param fields what it has
 */
record DeclaredStruct(FieldSet fields) implements MessageStruct {

	@Override
	public TSerializable create() {
		return new Values(this.fields);
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
	public void set(TSerializable struct, int field, @Nullable Object value) {
		((Values) struct).values[field] = this.fields.javaType(field).cast(value);
	}

	@Override
	public boolean isSet(TSerializable struct, int field) {
		return get(struct, field) != null;
	}

	@Override
	public @Nullable Object get(TSerializable struct, int field) {
		return ((Values) struct).values[field];
	}

	@Override
	public @Nullable String misfit(ThriftCodec codec, ByteBuf message) {
		try {
			MessageStream stream = MessageStream.read(codec, message.duplicate());
			stream.header();
			return stream.body(new Values(this.fields)).misfit;
		}
		catch (TException | RuntimeException ex) {
			String text = String.valueOf(ex.getMessage());
			return text.contains("(expected: ") ? text : null;
		}
	}

	/** The values of one message. <em>Confined to one thread</em>. */
	private static final class Values implements TSerializable {

		private final FieldSet fields;

		private final @Nullable Object[] values;

		private @Nullable String misfit;

		Values(FieldSet fields) {
			this.fields = fields;
			this.values = fields.unset();
		}

		@Override
		public void read(TProtocol in) throws TException {
			this.misfit = this.fields.read(in, this.values);
		}

		@Override
		public void write(TProtocol out) throws TException {
			this.fields.write(out, this.values);
		}

	}

}
