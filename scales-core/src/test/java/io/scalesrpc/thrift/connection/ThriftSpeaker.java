package io.scalesrpc.thrift.connection;

import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;

import io.scalesrpc.testing.ScriptedServer.Speaker;
import io.scalesrpc.thrift.connection.RawServer.Request;

/** Speaks framed Thrift. <em>Confined to its thread.</em> */
final class ThriftSpeaker implements Speaker {

	/** Where the length of the text stands, after the name of the method. */
	private static final int TEXT_LENGTH = 19;

	private final RawServer.Peer peer;

	ThriftSpeaker(Socket socket) throws IOException {
		this.peer = new RawServer.Peer(socket, 0);
	}

	@Override
	public Object next() throws IOException {
		return this.peer.next();
	}

	@Override
	public byte[] answer(Object request) {
		return ((Request) request).frame();
	}

	@Override
	public byte[] large(Object request) {
		Request given = (Request) request;
		return new Request(given.method(), given.sequence(), "x".repeat(100_000)).frame();
	}

	/** The text says that it is longer than its message. */
	@Override
	public byte[] unreadable(Object request) {
		byte[] frame = answer(request);
		ByteBuffer.wrap(frame).putInt(TEXT_LENGTH + ((Request) request).method().length(), 20_000);
		return frame;
	}

	@Override
	public byte[] nonsense() {
		return new byte[] { 0x7f, -1, -1, -1 };
	}

}
