package io.scalesrpc.thrift;

import java.nio.ByteBuffer;
import java.util.List;

import io.netty.buffer.ByteBuf;
import org.apache.thrift.TBase;
import org.apache.thrift.TFieldIdEnum;
import org.apache.thrift.TSerializable;
import org.apache.thrift.meta_data.FieldMetaData;
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

	@Override
	public TBase create() {
		return this.empty.deepCopy();
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
	public void set(TSerializable struct, int field, @Nullable Object value) {
		((TBase) struct).setFieldValue(this.fields.get(field), value);
	}

	@Override
	public boolean isSet(TSerializable struct, int field) {
		return ((TBase) struct).isSet(this.fields.get(field));
	}

	/** The generated getters give a {@code binary} as an array, the Iface as a buffer. */
	@Override
	public @Nullable Object get(TSerializable struct, int field) {
		Object value = ((TBase) struct).getFieldValue(this.fields.get(field));
		return (value instanceof byte[] bytes) ? ByteBuffer.wrap(bytes) : value;
	}

	@Override
	public @Nullable String misfit(ThriftCodec codec, ByteBuf message) {
		return MisfitFinder.find(codec, message, this.empty.getClass());
	}

}
