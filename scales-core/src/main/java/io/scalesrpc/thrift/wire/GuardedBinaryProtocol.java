package io.scalesrpc.thrift.wire;

import java.nio.ByteBuffer;

import io.scalesrpc.thrift.declared.FieldProtocol;
import io.scalesrpc.thrift.declared.Scratch;
import org.apache.thrift.TException;
import org.apache.thrift.protocol.TBinaryProtocol;
import org.apache.thrift.protocol.TField;
import org.apache.thrift.protocol.TList;
import org.apache.thrift.protocol.TMap;
import org.apache.thrift.protocol.TMessageType;
import org.apache.thrift.protocol.TProtocol;
import org.apache.thrift.protocol.TSet;
import org.apache.thrift.protocol.TStruct;
import org.apache.thrift.protocol.TType;
import org.apache.thrift.transport.TTransportException;

/**
 * {@code TBinaryProtocol}, strict in writing and, unless it is a server's, in reading,
 * with the guards of {@link ThriftWire}.
 * <p>
 * <em>Confined to the thread</em> that holds it.
 */
public final class GuardedBinaryProtocol extends TBinaryProtocol
		implements MethodName.HeadProtocol, FieldProtocol, Scratch.Holder {

	private static final int UUID_BYTES = 16;

	private final ByteBufTransport transport;

	private final ThriftWire wire;

	private final Scratch scratch = new Scratch();

	GuardedBinaryProtocol(ByteBufTransport transport, boolean strictRead) {
		super(transport, strictRead, true);
		this.transport = transport;
		this.wire = new ThriftWire(transport);
	}

	/** Its type is not named, so that who has it to choose from loads only the chosen. */
	public static TProtocol over(ByteBufTransport transport, boolean strictRead) {
		return new GuardedBinaryProtocol(transport, strictRead);
	}

	@Override
	public Scratch scratch() {
		return this.scratch;
	}

	@Override
	public void writeHead(TField head) throws TException {
		this.transport.writeHead(head.type, head.id);
	}

	@Override
	public void writeNumber(TField head, long value) throws TException {
		switch (head.type) {
			case TType.BOOL, TType.BYTE -> this.transport.writeByteField(head.type, head.id, (byte) value);
			case TType.I16 -> this.transport.writeShortField(head.type, head.id, (short) value);
			case TType.I32 -> this.transport.writeIntField(head.type, head.id, (int) value);
			default -> this.transport.writeLongField(head.type, head.id, value);
		}
	}

	@Override
	public int readHead() throws TException {
		int head = this.transport.readHead();
		if (head >= 0) {
			return head;
		}
		byte type = readByte();
		return (type != TType.STOP) ? type << Short.SIZE | readI16() & 0xffff : 0;
	}

	@Override
	public long readNumber(byte type) throws TException {
		return switch (type) {
			case TType.BOOL -> (readNumber(TType.BYTE) == 1) ? 1 : 0;
			case TType.BYTE -> this.transport.has(1) ? this.transport.takeByte() : readByte();
			case TType.I16 -> this.transport.has(Short.BYTES) ? this.transport.takeShort() : readI16();
			case TType.I32 -> this.transport.has(Integer.BYTES) ? this.transport.takeInt() : readI32();
			default -> this.transport.has(Long.BYTES) ? this.transport.takeLong() : readI64();
		};
	}

	/** The name of a method is compared, and not made anew for each message. */
	@Override
	public boolean readReplyHead(MethodName name, int sequenceId) {
		return this.transport.readMessageHead(VERSION_1 | TMessageType.REPLY, name.encoded(), sequenceId);
	}

	@Override
	public void writeHead(MethodName name, byte type, int sequenceId) throws TException {
		this.transport.writeMessageHead(VERSION_1 | type, name.encoded(), sequenceId);
	}

	/** A message has few heads of fields, and nearly always the same. */
	@Override
	public TField readFieldBegin() throws TException {
		int head = readHead();
		return FieldHeads.of((byte) (head >>> Short.SIZE), (short) head);
	}

	@Override
	public void writeString(String text) throws TException {
		if (!this.transport.writeShortText(text)) {
			super.writeString(text);
		}
	}

	@Override
	public void reset() {
		super.reset();
		this.wire.reset();
	}

	@Override
	public TStruct readStructBegin() throws TException {
		this.wire.enter();
		return super.readStructBegin();
	}

	@Override
	public void readStructEnd() throws TException {
		super.readStructEnd();
		this.wire.leave();
	}

	@Override
	public void writeStructBegin(TStruct struct) throws TException {
		this.wire.enter();
		super.writeStructBegin(struct);
	}

	@Override
	public void writeStructEnd() throws TException {
		super.writeStructEnd();
		this.wire.leave();
	}

	@Override
	protected void checkReadBytesAvailable(TMap map) throws TException {
		super.checkReadBytesAvailable(map);
		this.wire.claim(2L * map.size);
	}

	@Override
	protected void checkReadBytesAvailable(TList list) throws TException {
		super.checkReadBytesAvailable(list);
		this.wire.claim(list.size);
	}

	@Override
	protected void checkReadBytesAvailable(TSet set) throws TException {
		super.checkReadBytesAvailable(set);
		this.wire.claim(set.size);
	}

	@Override
	public ByteBuffer readBinary() throws TException {
		return ThriftWire.detached(super.readBinary(), this);
	}

	@Override
	public void writeBinary(ByteBuffer value) throws TException {
		super.writeBinary(ThriftWire.withArray(value));
	}

	/**
	 * libthrift 0.25 has no size for {@code uuid}, so it refuses every container of them.
	 */
	@Override
	public int getMinSerializedSize(byte type) throws TTransportException {
		return (type == TType.UUID) ? UUID_BYTES : super.getMinSerializedSize(type);
	}

}
