package io.scalesrpc.thriftmux;

import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;

import io.scalesrpc.client.ClientBuilder;
import io.scalesrpc.testing.EchoClient;
import io.scalesrpc.testing.ScriptedServer.Language;
import io.scalesrpc.testing.ScriptedServer.Speaker;
import io.scalesrpc.testing.Sockets;
import io.scalesrpc.testing.Stumbling;
import io.scalesrpc.thrift.ThriftConnectionContract;
import io.scalesrpc.thriftmux.HostileServer.Frame;
import io.scalesrpc.thriftmux.HostileServer.Request;

@Sockets
class ThriftMuxContractTests extends ThriftConnectionContract {

	@Override
	protected Language language() {
		return MuxSpeaker::new;
	}

	@Override
	protected ClientBuilder<EchoClient> builder(String uri) {
		// Bytes that look like a long frame are found out by a ping.
		return echoing(uri).protocol("thriftmux").option("ping-interval", "1s").option("ping-timeout", "800ms");
	}

	@Override
	protected ClientBuilder<EchoClient> stumbling(String uri, Stumbling stumbling) {
		return echoing(uri).protocol(new ClumsyThriftMux(stumbling));
	}

	@Override
	protected boolean isShared() {
		return true;
	}

	@Override
	protected boolean outlivesLargeAnswers() {
		return true;
	}

	/** Speaks mux. <em>Confined to its thread.</em> */
	private static final class MuxSpeaker implements Speaker {

		private static final int TDISPATCH = 2;

		private static final int RDISPATCH = -2;

		private static final int TDRAIN = 64;

		/** Where the length of the text stands, after the name of the method. */
		private static final int TEXT_LENGTH = 8 + 3 + 15;

		private final HostileServer.Peer peer;

		MuxSpeaker(Socket socket) throws IOException {
			this.peer = new HostileServer.Peer(socket, 0);
			this.peer.handshake();
		}

		@Override
		public Object next() throws IOException {
			Frame frame = this.peer.next();
			while (frame.type() != TDISPATCH) {
				frame = this.peer.next();
			}
			return frame.request();
		}

		private static byte[] frame(int type, int tag, byte[] body) {
			return ByteBuffer.allocate(8 + body.length)
				.putInt(4 + body.length)
				.putInt(type << 24 | tag)
				.put(body)
				.array();
		}

		@Override
		public byte[] answer(Object request) {
			Request given = (Request) request;
			return frame(RDISPATCH, given.tag(), given.reply());
		}

		@Override
		public byte[] goodbye() {
			return frame(TDRAIN, 1, new byte[0]);
		}

		@Override
		public byte[] lastAnswer(Object request) {
			byte[] answer = answer(request);
			byte[] goodbye = goodbye();
			return ByteBuffer.allocate(answer.length + goodbye.length).put(goodbye).put(answer).array();
		}

		@Override
		public byte[] large(Object request) {
			Request given = (Request) request;
			return answer(new Request(given.tag(), given.method(), given.sequence(), "x".repeat(100_000)));
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

}
