package io.scalesrpc.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

import io.scalesrpc.http.RawHttp2Server.Frame;
import io.scalesrpc.testing.ScriptedServer.Language;
import io.scalesrpc.testing.ScriptedServer.Speaker;

class Http2ConnectionTests extends HttpConnectionContract {

	Http2ConnectionTests() {
		super("2");
	}

	@Override
	protected Language language() {
		return Http2Speaker::new;
	}

	@Override
	protected boolean isShared() {
		return true;
	}

	@Override
	protected boolean outlivesLargeAnswers() {
		return true;
	}

	/**
	 * A request. <em>Immutable</em>.
	 *
	 * @param stream its stream
	 * @param body what it says
	 */
	private record Request(int stream, String body) {
	}

	/** Speaks HTTP/2. <em>Confined to its thread.</em> */
	private static final class Http2Speaker implements Speaker {

		private static final int ALL_STREAMS = 0x7fffffff;

		private final RawHttp2Server.Peer peer;

		private final Map<Integer, ByteArrayOutputStream> bodies = new HashMap<>();

		Http2Speaker(Socket socket) throws IOException {
			this.peer = new RawHttp2Server.Peer(socket, 0);
			this.peer.greet(new byte[0]);
		}

		@Override
		public Object next() throws IOException {
			while (true) {
				Frame frame = this.peer.next();
				if (frame.type() == RawHttp2Server.PING && frame.flags() == 0) {
					this.peer.send(RawHttp2Server.PING, 1, 0, frame.payload());
				}
				ByteArrayOutputStream body = this.bodies.computeIfAbsent(frame.stream(),
						(stream) -> new ByteArrayOutputStream());
				if (frame.type() == RawHttp2Server.DATA) {
					body.writeBytes(frame.payload());
				}
				if (isRequest(frame) && (frame.flags() & RawHttp2Server.END_STREAM) != 0) {
					this.bodies.remove(frame.stream());
					return new Request(frame.stream(), body.toString(StandardCharsets.US_ASCII));
				}
			}
		}

		private static boolean isRequest(Frame frame) {
			return frame.type() == RawHttp2Server.DATA || frame.type() == RawHttp2Server.HEADERS;
		}

		@Override
		public byte[] answer(Object request) {
			Request given = (Request) request;
			return RawHttp2Server.join(
					RawHttp2Server.frame(RawHttp2Server.HEADERS, RawHttp2Server.END_HEADERS, given.stream(),
							RawHttp2Server.status(200)),
					RawHttp2Server.frame(RawHttp2Server.DATA, RawHttp2Server.END_STREAM, given.stream(),
							given.body().getBytes(StandardCharsets.US_ASCII)));
		}

		@Override
		public byte[] goodbye() {
			return RawHttp2Server.frame(RawHttp2Server.GOAWAY, 0, 0,
					RawHttp2Server.join(RawHttp2Server.number(ALL_STREAMS), RawHttp2Server.number(0)));
		}

		@Override
		public byte[] lastAnswer(Object request) {
			return RawHttp2Server.join(goodbye(), answer(request));
		}

		/** In frames that are not too large themselves. */
		@Override
		public byte[] large(Object request) {
			int stream = ((Request) request).stream();
			byte[] part = RawHttp2Server.frame(RawHttp2Server.DATA, 0, stream, new byte[10_000]);
			ByteArrayOutputStream answer = new ByteArrayOutputStream();
			answer.writeBytes(RawHttp2Server.frame(RawHttp2Server.HEADERS, RawHttp2Server.END_HEADERS, stream,
					RawHttp2Server.status(200)));
			for (int i = 0; i < 10; i++) {
				answer.writeBytes(part);
			}
			return answer.toByteArray();
		}

		/** A part of a body that belongs to no stream. */
		@Override
		public byte[] nonsense() {
			return RawHttp2Server.frame(RawHttp2Server.DATA, 0, 0, new byte[1]);
		}

	}

}
