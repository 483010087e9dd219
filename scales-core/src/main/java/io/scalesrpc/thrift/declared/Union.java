package io.scalesrpc.thrift.declared;

import java.lang.invoke.MethodHandle;
import java.util.ArrayList;
import java.util.List;

import org.apache.thrift.TException;
import org.apache.thrift.protocol.TField;
import org.apache.thrift.protocol.TProtocol;
import org.apache.thrift.protocol.TProtocolException;
import org.apache.thrift.protocol.TProtocolUtil;
import org.apache.thrift.protocol.TStruct;
import org.apache.thrift.protocol.TType;
import org.jspecify.annotations.Nullable;

/**
 * A sealed interface that is a union: each of its records is a member with one component.
 * A member of a newer interface is read as {@code null}.
 * <p>
 * <em>Immutable</em> once all members are added: unions may hold themselves.
 */
final class Union implements WireType {

	private final Class<?> type;

	private final TStruct head;

	private final List<Member> members = new ArrayList<>();

	Union(Class<?> type) {
		this.type = type;
		this.head = new TStruct(type.getSimpleName());
	}

	void add(Member member) {
		this.members.add(member);
	}

	@Override
	public byte id() {
		return TType.STRUCT;
	}

	@Override
	public Class<?> javaType() {
		return this.type;
	}

	@Override
	public void write(TProtocol out, Object value) throws TException {
		Member member = memberOf(value);
		Object content;
		try {
			content = member.accessor.invokeExact(value);
		}
		catch (Throwable ex) {
			throw Struct.failed(this.type, ex);
		}
		if (content == null) {
			throw new TProtocolException(this.type.getSimpleName() + "." + value.getClass().getSimpleName()
					+ ": null (expected: a value; a union has one)");
		}
		out.writeStructBegin(this.head);
		out.writeFieldBegin(member.field.head());
		member.field.type().write(out, content);
		out.writeFieldEnd();
		out.writeFieldStop();
		out.writeStructEnd();
	}

	private Member memberOf(Object value) {
		for (Member member : this.members) {
			if (member.record == value.getClass()) {
				return member;
			}
		}
		throw new IllegalStateException(value.getClass() + ": not a member of " + this.type);
	}

	@Override
	public @Nullable Object read(TProtocol in) throws TException {
		Object found = null;
		in.readStructBegin();
		for (TField head = in.readFieldBegin(); head.type != TType.STOP; head = in.readFieldBegin()) {
			Member member = find(head);
			Object content = null;
			if (member != null) {
				content = member.field.type().read(in);
			}
			else {
				TProtocolUtil.skip(in, head.type);
			}
			if (member != null && content != null) {
				found = make(member, content);
			}
			in.readFieldEnd();
		}
		in.readStructEnd();
		return found;
	}

	private @Nullable Member find(TField head) {
		for (Member member : this.members) {
			if (member.field.id() == head.id && member.field.type().id() == head.type) {
				return member;
			}
		}
		return null;
	}

	private Object make(Member member, Object content) throws TException {
		try {
			return member.constructor.invokeExact(new Object[] { content });
		}
		catch (Throwable ex) {
			throw Struct.failed(this.type, ex);
		}
	}

	/**
	 * A record of the interface. <em>Immutable</em>.
	 *
	 * @param record its class
	 * @param field what it is on the wire
	 * @param constructor takes an array
	 * @param accessor of its one component
	 */
	record Member(Class<?> record, Field field, MethodHandle constructor, MethodHandle accessor) {

	}

}
