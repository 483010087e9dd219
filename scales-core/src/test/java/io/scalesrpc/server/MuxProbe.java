package io.scalesrpc.server;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.util.List;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.scalesrpc.call.Context;
import io.scalesrpc.mux.MuxFrame;
import io.scalesrpc.mux.MuxType;
import io.scalesrpc.mux.RdispatchCodec;
import io.scalesrpc.mux.TdispatchCodec;
import io.scalesrpc.testing.LeakWatch;
import io.scalesrpc.test.peer.PeerService;
import io.scalesrpc.thrift.ThriftCodec;
import io.scalesrpc.thrift.ThriftEncoding;
import io.scalesrpc.thrift.ThriftMethod;
import io.scalesrpc.thrift.ThriftReply;
import io.scalesrpc.thrift.ThriftService;
import org.jspecify.annotations.Nullable;

/**
 * A mux client that does only what it is told: writes and reads single frames on a plain
 * socket. Reads give up after ten seconds. <em>Confined to one thread</em>; another may
 * write while it reads.
 */
public final class MuxProbe implements AutoCloseable {

	public static final String MARKER = "0000000f7f00000174696e697420636865636b";

	public static final String TINIT = "0000002a44000001" + "0001" + "0000000a6d75782d6672616d6572000000047fffffff"
			+ "00000003746c73000000036f6666";

	private static final ThriftCodec CODEC = ThriftCodec.of(ThriftEncoding.BINARY);

	private static final ThriftService SERVICE = ThriftService.of(PeerService.class);

	private static final int PATIENCE_MILLIS = 10_000;

	private final Socket socket = new Socket();

	private final DataInputStream in;

	private MuxProbe(InetSocketAddress address) throws IOException {
		LeakWatch.expect(() -> "open socket " + this.socket, this.socket::isClosed);
		this.socket.setReceiveBufferSize(64 * 1024);
		this.socket.setTcpNoDelay(true);
		this.socket.connect(address, PATIENCE_MILLIS);
		this.socket.setSoTimeout(PATIENCE_MILLIS);
		this.in = new DataInputStream(this.socket.getInputStream());
	}

	public static MuxProbe connect(ThriftMuxServer server) {
		try {
			return new MuxProbe(server.address());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** Connected, and through the handshake with a limit for the pieces of replies. */
	public static MuxProbe negotiated(ThriftMuxServer server, int fragmentLimit) {
		MuxProbe probe = connect(server);
		probe.write(MARKER);
		probe.read();
		probe.write(TINIT.replace("7fffffff", String.format("%08x", fragmentLimit)));
		probe.read();
		return probe;
	}

	public static MuxProbe negotiated(ThriftMuxServer server) {
		return negotiated(server, Integer.MAX_VALUE);
	}

	public MuxProbe write(String hex) {
		return write(Unpooled.wrappedBuffer(ByteBufUtil.decodeHexDump(hex)));
	}

	public MuxProbe write(ByteBuf bytes) {
		try {
			bytes.readBytes(this.socket.getOutputStream(), bytes.readableBytes());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		finally {
			bytes.release();
		}
		return this;
	}

	/** Writes a request for a method of {@link PeerService}. */
	public MuxProbe call(int tag, String method, @Nullable Object... arguments) {
		return write(request(tag, Context.empty(), method, arguments));
	}

	public static ByteBuf request(int tag, Context contexts, String method, @Nullable Object... arguments) {
		ByteBuf frame = Unpooled.buffer();
		int start = TdispatchCodec.begin(frame, contexts, "", List.of());
		method(method).writeCall(frame, tag, arguments, CODEC);
		MuxFrame.end(frame, start);
		MuxFrame.patchTag(frame, tag);
		return frame;
	}

	/** The next frame from its type on; fails if there is none. */
	public ByteBuf read() {
		ByteBuf frame = readOrEnd();
		if (frame == null) {
			throw new AssertionError("connection closed (expected: a frame)");
		}
		return frame;
	}

	/** The next frame from its size on. */
	public String readHex() {
		ByteBuf frame = read();
		return String.format("%08x", frame.readableBytes()) + ByteBufUtil.hexDump(frame);
	}

	/** The next frame, or {@code null} if the server has closed the connection. */
	@Nullable ByteBuf readOrEnd() {
		try {
			byte[] frame = new byte[this.in.readInt()];
			this.in.readFully(frame);
			return Unpooled.wrappedBuffer(frame);
		}
		catch (EOFException | SocketException ex) {
			return null;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** Says that nothing more will be written. */
	public MuxProbe endOutput() {
		try {
			this.socket.shutdownOutput();
			return this;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** Whether the server closes the connection without another frame. */
	public boolean isClosedByServer() {
		return readOrEnd() == null;
	}

	/** Reads the reply to a call. */
	public ThriftReply reply(int tag, String method) {
		ByteBuf frame = read();
		if (MuxFrame.type(frame) != MuxType.RDISPATCH || MuxFrame.tag(frame) != tag) {
			throw new AssertionError(describe(frame) + " (expected: Rdispatch, tag " + tag + ")");
		}
		return method(method).readReply(RdispatchCodec.body(frame), tag, CODEC);
	}

	public static String describe(ByteBuf frame) {
		return MuxType.name(MuxFrame.type(frame)) + ", tag " + MuxFrame.tag(frame);
	}

	public static ByteBuf empty(int type, int tag) {
		return MuxFrame.empty(UnpooledByteBufAllocator.DEFAULT, type, tag);
	}

	private static ThriftMethod method(String name) {
		ThriftMethod method = SERVICE.method(name);
		if (method == null) {
			throw new AssertionError(name + ": no method");
		}
		return method;
	}

	@Override
	public void close() {
		try {
			this.socket.close();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
