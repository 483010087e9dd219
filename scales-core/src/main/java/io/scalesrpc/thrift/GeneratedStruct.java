package io.scalesrpc.thrift;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Objects;

import io.netty.buffer.ByteBuf;
import org.apache.thrift.TBase;
import org.apache.thrift.TException;
import org.apache.thrift.TFieldIdEnum;
import org.apache.thrift.meta_data.FieldMetaData;
import org.apache.thrift.protocol.TProtocol;
import org.jspecify.annotations.Nullable;

/**
 * A struct of a method that the Thrift compiler has made a class of. Made anew by copying
 * an empty one, which is as fast as a constructor and needs no reflection.
 * <p>
 * <em>Immutable</em>.
 *
 * @param empty never changed
 * @param fields in the order of the IDL
 */
@SuppressWarnings({ "unchecked", "rawtypes" })
record GeneratedStruct(TBase empty, List<TFieldIdEnum> fields) implements MessageStruct {

	GeneratedStruct(TBase empty) {
		this(empty, List.copyOf(FieldMetaData.getStructMetaDataMap((Class) empty.getClass()).keySet()));
	}

	private TBase create() {
		return this.empty.deepCopy();
	}

	@Override
	public TBase create(@Nullable Object[] values) {
		return create();
	}

	@Override
	public TBase read(TProtocol in) throws TException {
		TBase struct = create();
		struct.read(in);
		return struct;
	}

	@Override
	public @Nullable ThriftReply readReply(TProtocol in, int firstException) throws TException {
		TBase struct = read(in);
		for (int i = 0; i < size(); i++) {
			if (struct.isSet(this.fields.get(i))) {
				return MessageStruct.reply(i >= firstException, Objects.requireNonNull(get(struct, i)));
			}
		}
		return null;
	}

	@Override
	public void write(TProtocol out, Object struct) throws TException {
		((TBase) struct).write(out);
	}

	@Override
	public TBase of(int field, @Nullable Object value) {
		TBase struct = create();
		if (value != null) {
			set(struct, field, value);
		}
		return struct;
	}

	@Override
	public int size() {
		return this.fields.size();
	}

	@Override
	public String fieldName(int field) {
		return this.fields.get(field).getFieldName();
	}

	@Override
	public short fieldId(int field) {
		return this.fields.get(field).getThriftFieldId();
	}

	@Override
	public void set(Object struct, int field, @Nullable Object value) {
		((TBase) struct).setFieldValue(this.fields.get(field), value);
	}

	@Override
	public @Nullable Object[] values(Object struct) {
		@Nullable Object[] values = new Object[size()];
		for (int i = 0; i < values.length; i++) {
			values[i] = get((TBase) struct, i);
		}
		return values;
	}

	/** The generated getters give a {@code binary} as an array, the Iface as a buffer. */
	private @Nullable Object get(TBase struct, int field) {
		Object value = struct.getFieldValue(this.fields.get(field));
		return (value instanceof byte[] bytes) ? ByteBuffer.wrap(bytes) : value;
	}

	@Override
	public @Nullable String misfit(ThriftCodec codec, ByteBuf message) {
		return MisfitFinder.find(codec, message, this.empty.getClass());
	}

}
