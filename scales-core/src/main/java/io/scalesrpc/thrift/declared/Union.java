package io.scalesrpc.thrift.declared;

import java.util.ArrayList;
import java.util.List;

import org.apache.thrift.TException;
import org.apache.thrift.protocol.TProtocol;
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

	/** As they are on the wire, in the order of the Java code. */
	List<Field> fields() {
		return this.members.stream().map(Member::field).toList();
	}

	@Override
	public byte id() {
		return TType.STRUCT;
	}

	@Override
	public String idl() {
		return this.type.getSimpleName();
	}

	@Override
	public Class<?> javaType() {
		return this.type;
	}

	@Override
	public void write(TProtocol out, Object value) throws TException {
		Struct.write(out, this.head, this.type, memberOf(value).code, value);
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
		Scratch scratch = Scratch.of(in);
		int frame = scratch.open(1);
		@Nullable Object[] objects = new Object[1];
		FieldProtocol fast = (in instanceof FieldProtocol one) ? one : null;
		in.readStructBegin();
		for (int head = FieldReader.head(in, fast); head != 0; head = FieldReader.head(in, fast)) {
			Member member = find(head);
			if (member == null) {
				TProtocolUtil.skip(in, FieldReader.type(head));
			}
			else if (FieldReader.readValue(in, fast, head, member.field, scratch, frame, objects)) {
				found = Struct.make(this.type, member.code, scratch, frame, objects);
			}
			in.readFieldEnd();
		}
		in.readStructEnd();
		scratch.close(frame);
		return found;
	}

	private @Nullable Member find(int head) {
		for (Member member : this.members) {
			if (FieldReader.head(member.field.head()) == head) {
				return member;
			}
		}
		return null;
	}

	/**
	 * A record of the interface. <em>Immutable</em>.
	 *
	 * @param record its class
	 * @param field what it is on the wire
	 * @param code writes and makes it
	 */
	record Member(Class<?> record, Field field, RecordCode code) {

	}

}
