package io.scalesrpc.thrift;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.apache.thrift.TBase;
import org.apache.thrift.TFieldIdEnum;
import org.apache.thrift.TFieldRequirementType;
import org.apache.thrift.TUnion;
import org.apache.thrift.meta_data.EnumMetaData;
import org.apache.thrift.meta_data.FieldMetaData;
import org.apache.thrift.meta_data.FieldValueMetaData;
import org.apache.thrift.meta_data.ListMetaData;
import org.apache.thrift.meta_data.MapMetaData;
import org.apache.thrift.meta_data.SetMetaData;
import org.apache.thrift.meta_data.StructMetaData;
import org.apache.thrift.protocol.TType;

/**
 * Generated structs with a value in every field, whatever compiler wrote them.
 */
@SuppressWarnings({ "unchecked", "rawtypes" })
final class FilledStructs {

	private static final int MAX_DEPTH = 4;

	private FilledStructs() {
	}

	static TBase fill(TBase struct, int depth) {
		for (Object entry : FieldMetaData.getStructMetaDataMap((Class) struct.getClass()).entrySet()) {
			Map.Entry<TFieldIdEnum, FieldMetaData> field = (Map.Entry<TFieldIdEnum, FieldMetaData>) entry;
			if (depth < MAX_DEPTH || field.getValue().requirementType == TFieldRequirementType.REQUIRED) {
				struct.setFieldValue(field.getKey(), value(field.getValue().valueMetaData, depth));
			}
			if (struct instanceof TUnion) {
				return struct;
			}
		}
		return struct;
	}

	private static Object value(FieldValueMetaData type, int depth) {
		if (type instanceof EnumMetaData of) {
			return of.enumClass.getEnumConstants()[0];
		}
		if (type instanceof StructMetaData of) {
			return fill(make(of.structClass), depth + 1);
		}
		if (type instanceof ListMetaData of) {
			return List.of(value(of.elemMetaData, depth + 1));
		}
		if (type instanceof SetMetaData of) {
			return Set.of(value(of.elemMetaData, depth + 1));
		}
		if (type instanceof MapMetaData of) {
			return Map.of(value(of.keyMetaData, depth + 1), value(of.valueMetaData, depth + 1));
		}
		return scalar(type);
	}

	private static Object scalar(FieldValueMetaData type) {
		return switch (type.type) {
			case TType.BOOL -> true;
			case TType.BYTE -> (byte) -7;
			case TType.I16 -> (short) -700;
			case TType.I32 -> -70_000;
			case TType.I64 -> Long.MIN_VALUE;
			case TType.DOUBLE -> -0.1;
			case TType.STRING -> type.isBinary() ? ByteBuffer.wrap(new byte[] { 1, 2 }) : "\u00e4\u20ac";
			default -> throw new IllegalArgumentException("type: " + type.type);
		};
	}

	private static TBase make(Class<? extends TBase> type) {
		try {
			return type.getConstructor().newInstance();
		}
		catch (ReflectiveOperationException ex) {
			throw new IllegalArgumentException(ex);
		}
	}

}
