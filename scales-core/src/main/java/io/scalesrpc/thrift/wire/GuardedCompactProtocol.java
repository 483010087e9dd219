package io.scalesrpc.thrift.wire;

import java.nio.ByteBuffer;

import io.scalesrpc.thrift.declared.Scratch;
import org.apache.thrift.TException;
import org.apache.thrift.protocol.TCompactProtocol;
import org.apache.thrift.protocol.TList;
import org.apache.thrift.protocol.TMap;
import org.apache.thrift.protocol.TProtocol;
import org.apache.thrift.protocol.TSet;
import org.apache.thrift.protocol.TStruct;
import org.apache.thrift.protocol.TType;
import org.apache.thrift.transport.TTransportException;

/**
 * {@code TCompactProtocol} with the guards of {@link ThriftWire}.
 * <p>
 * <em>Confined to the thread</em> that holds it.
 */
public final class GuardedCompactProtocol extends TCompactProtocol implements Scratch.Holder {

	private static final int UUID_BYTES = 16;

	private final ThriftWire wire;

	private final Scratch scratch = new Scratch();

	GuardedCompactProtocol(ByteBufTransport transport) {
		super(transport);
		this.wire = new ThriftWire(transport);
	}

	/** Its type is not named, so that who has it to choose from loads only the chosen. */
	public static TProtocol over(ByteBufTransport transport) {
		return new GuardedCompactProtocol(transport);
	}

	@Override
	public Scratch scratch() {
		return this.scratch;
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

	/**
	 * libthrift 0.25 has no size for {@code uuid}, so it refuses every container of them.
	 */
	@Override
	public int getMinSerializedSize(byte type) throws TTransportException {
		return (type == TType.UUID) ? UUID_BYTES : super.getMinSerializedSize(type);
	}

}
