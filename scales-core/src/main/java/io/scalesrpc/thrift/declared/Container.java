package io.scalesrpc.thrift.declared;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.apache.thrift.TException;
import org.apache.thrift.protocol.TList;
import org.apache.thrift.protocol.TMap;
import org.apache.thrift.protocol.TProtocol;
import org.apache.thrift.protocol.TProtocolException;
import org.apache.thrift.protocol.TSet;
import org.apache.thrift.protocol.TType;
import org.jspecify.annotations.Nullable;

/**
 * The types that hold others. Elements that this side has no place for, enum values of a
 * newer interface, are left out, as generated code leaves them out. <em>Immutable</em>.
 */
final class Container {

	private Container() {
	}

	private static void check(byte found, WireType expected, int size) throws TProtocolException {
		if (size > 0 && found != expected.id()) {
			throw new TProtocolException(TProtocolException.INVALID_DATA,
					"elements of Thrift type " + found + " (expected: " + expected.id() + ")");
		}
	}

	private static void read(TProtocol in, int size, WireType element, Collection<Object> into) throws TException {
		for (int i = 0; i < size; i++) {
			Object value = (element == Scalar.STRING) ? in.readString() : element.read(in);
			if (value != null) {
				into.add(value);
			}
		}
	}

	/** A {@code list}. <em>Immutable</em>. */
	record Listed(WireType element) implements WireType {

		@Override
		public byte id() {
			return TType.LIST;
		}

		@Override
		public String idl() {
			return "list<" + this.element.idl() + ">";
		}

		@Override
		public Class<?> javaType() {
			return List.class;
		}

		@Override
		public void write(TProtocol out, Object value) throws TException {
			List<?> list = (List<?>) value;
			out.writeListBegin(new TList(this.element.id(), list.size()));
			for (Object element : list) {
				this.element.write(out, element);
			}
			out.writeListEnd();
		}

		@Override
		public Object read(TProtocol in) throws TException {
			TList head = in.readListBegin();
			check(head.elemType, this.element, head.size);
			List<Object> list = new ArrayList<>(head.size);
			Container.read(in, head.size, this.element, list);
			in.readListEnd();
			return list;
		}

	}

	/** A {@code set}. <em>Immutable</em>. */
	record Unordered(WireType element) implements WireType {

		@Override
		public byte id() {
			return TType.SET;
		}

		@Override
		public String idl() {
			return "set<" + this.element.idl() + ">";
		}

		@Override
		public Class<?> javaType() {
			return Set.class;
		}

		@Override
		public void write(TProtocol out, Object value) throws TException {
			Set<?> set = (Set<?>) value;
			out.writeSetBegin(new TSet(this.element.id(), set.size()));
			for (Object element : set) {
				this.element.write(out, element);
			}
			out.writeSetEnd();
		}

		@Override
		public Object read(TProtocol in) throws TException {
			TSet head = in.readSetBegin();
			check(head.elemType, this.element, head.size);
			Set<Object> set = new HashSet<>(2 * head.size);
			Container.read(in, head.size, this.element, set);
			in.readSetEnd();
			return set;
		}

	}

	/** A {@code map}. <em>Immutable</em>. */
	record Mapped(WireType key, WireType value) implements WireType {

		@Override
		public byte id() {
			return TType.MAP;
		}

		@Override
		public String idl() {
			return "map<" + this.key.idl() + ", " + this.value.idl() + ">";
		}

		@Override
		public Class<?> javaType() {
			return Map.class;
		}

		@Override
		public void write(TProtocol out, Object value) throws TException {
			Map<?, ?> map = (Map<?, ?>) value;
			out.writeMapBegin(new TMap(this.key.id(), this.value.id(), map.size()));
			for (Map.Entry<?, ?> entry : map.entrySet()) {
				this.key.write(out, entry.getKey());
				this.value.write(out, entry.getValue());
			}
			out.writeMapEnd();
		}

		@Override
		public Object read(TProtocol in) throws TException {
			TMap head = in.readMapBegin();
			check(head.keyType, this.key, head.size);
			check(head.valueType, this.value, head.size);
			Map<Object, Object> map = new HashMap<>(2 * head.size);
			for (int i = 0; i < head.size; i++) {
				@Nullable Object key = this.key.read(in);
				@Nullable Object found = this.value.read(in);
				if (key != null && found != null) {
					map.put(key, found);
				}
			}
			in.readMapEnd();
			return map;
		}

	}

}
