package io.scalesrpc.thrift;

import java.util.Map;

import io.netty.buffer.ByteBuf;
import org.apache.thrift.TBase;
import org.apache.thrift.TEnumHelper;
import org.apache.thrift.TException;
import org.apache.thrift.TFieldIdEnum;
import org.apache.thrift.TFieldRequirementType;
import org.apache.thrift.meta_data.EnumMetaData;
import org.apache.thrift.meta_data.FieldMetaData;
import org.apache.thrift.meta_data.FieldValueMetaData;
import org.apache.thrift.meta_data.ListMetaData;
import org.apache.thrift.meta_data.MapMetaData;
import org.apache.thrift.meta_data.SetMetaData;
import org.apache.thrift.meta_data.StructMetaData;
import org.apache.thrift.protocol.TField;
import org.apache.thrift.protocol.TMap;
import org.apache.thrift.protocol.TProtocol;
import org.apache.thrift.protocol.TProtocolUtil;
import org.apache.thrift.protocol.TType;
import org.jspecify.annotations.Nullable;

/**
 * Finds the value that generated code has passed over, though it needed one: an enum
 * value that it does not know, or a value of another type. The code leaves such a field
 * unset and says no more. Reads the message a second time, so it is for messages that
 * have failed. <em>Confined to one thread</em>.
 */
@SuppressWarnings({ "rawtypes", "unchecked" })
final class MisfitFinder {

	private final TProtocol protocol;

	private MisfitFinder(TProtocol protocol) {
		this.protocol = protocol;
	}

	/**
	 * Reads a message again.
	 * @param codec its encoding
	 * @param message the whole message; its reader index does not move
	 * @param struct what it should hold; every field of it was needed, of structs in it
	 * those that are required
	 * @return the first such field and its value, or {@code null} if there is none
	 */
	static @Nullable String find(ThriftCodec codec, ByteBuf message, Class<? extends TBase> struct) {
		try {
			MessageStream stream = MessageStream.read(codec, message.duplicate());
			stream.header();
			return new MisfitFinder(stream.protocol()).struct(struct, "");
		}
		catch (TException | RuntimeException ex) {
			return null;
		}
	}

	private @Nullable String struct(Class<? extends TBase> type, String path) throws TException {
		Map<? extends TFieldIdEnum, FieldMetaData> fields = FieldMetaData.getStructMetaDataMap((Class) type);
		this.protocol.readStructBegin();
		while (true) {
			TField field = this.protocol.readFieldBegin();
			if (field.type == TType.STOP) {
				this.protocol.readStructEnd();
				return null;
			}
			FieldMetaData known = find(fields, field.id);
			boolean needed = known != null
					&& (path.isEmpty() || known.requirementType == TFieldRequirementType.REQUIRED);
			String found = (known != null) ? value(field.type, known.valueMetaData, path + known.fieldName, needed)
					: skip(field.type);
			if (found != null) {
				return found;
			}
			this.protocol.readFieldEnd();
		}
	}

	private static @Nullable FieldMetaData find(Map<? extends TFieldIdEnum, FieldMetaData> fields, short id) {
		for (Map.Entry<? extends TFieldIdEnum, FieldMetaData> field : fields.entrySet()) {
			if (field.getKey().getThriftFieldId() == id) {
				return field.getValue();
			}
		}
		return null;
	}

	private @Nullable String value(byte type, FieldValueMetaData known, String path, boolean needed) throws TException {
		byte expected = (known instanceof EnumMetaData) ? TType.I32 : known.type;
		if (type != expected) {
			return needed ? path + ": Thrift type " + type + " (expected: " + expected + ")" : skip(type);
		}
		if (known instanceof EnumMetaData of) {
			int number = this.protocol.readI32();
			boolean unknown = needed && TEnumHelper.getByValue(of.enumClass, number) == null;
			return unknown ? path + ": " + number + " (expected: a value of " + of.enumClass.getSimpleName()
					+ " that this client knows)" : null;
		}
		if (known instanceof StructMetaData of) {
			return struct(of.structClass, path + ".");
		}
		return known.isContainer() ? container(known, path) : skip(type);
	}

	/** Elements that do not fit are left out by generated code, and not needed. */
	private @Nullable String container(FieldValueMetaData known, String path) throws TException {
		if (known instanceof ListMetaData of) {
			return elements(this.protocol.readListBegin().size, of.elemMetaData, path);
		}
		if (known instanceof SetMetaData of) {
			return elements(this.protocol.readSetBegin().size, of.elemMetaData, path);
		}
		MapMetaData of = (MapMetaData) known;
		TMap map = this.protocol.readMapBegin();
		String found = null;
		for (int i = 0; i < map.size && found == null; i++) {
			found = value(map.keyType, of.keyMetaData, path + ".key[" + i + "]", false);
			found = (found != null) ? found : value(map.valueType, of.valueMetaData, path + "[" + i + "]", false);
		}
		if (found == null) {
			this.protocol.readMapEnd();
		}
		return found;
	}

	private @Nullable String elements(int size, FieldValueMetaData element, String path) throws TException {
		byte type = (element instanceof EnumMetaData) ? TType.I32 : element.type;
		for (int i = 0; i < size; i++) {
			String found = value(type, element, path + "[" + i + "]", false);
			if (found != null) {
				return found;
			}
		}
		return null;
	}

	private @Nullable String skip(byte type) throws TException {
		TProtocolUtil.skip(this.protocol, type);
		return null;
	}

}
