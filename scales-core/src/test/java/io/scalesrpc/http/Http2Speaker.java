package io.scalesrpc.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.util.HashMap;
import java.util.Map;

import io.scalesrpc.http.RawHttp2Server.Frame;
import io.scalesrpc.testing.ScriptedServer.Speaker;

/**
 * Speaks HTTP/2, and answers with what it was sent. <em>Confined to its thread.</em>
 */
public class Http2Speaker implements Speaker {

	private static final int ALL_STREAMS = 0x7fffffff;

	private final RawHttp2Server.Peer peer;

	private final Map<Integer, ByteArrayOutputStream> bodies = new HashMap<>();

	/**
	 * A request. <em>Immutable</em>.
	 *
	 * @param stream its stream
	 * @param body what it says
	 */
	private record Request(int stream, byte[] body) {
	}

	/**
	 * Greets a client.
	 * @param socket leads to it
	 * @throws IOException if it has gone
	 */
	public Http2Speaker(Socket socket) throws IOException {
		this.peer = new RawHttp2Server.Peer(socket, 0);
		this.peer.greet(new byte[0]);
	}

	/** The body of the right answer. */
	protected byte[] reply(byte[] body) {
		return body;
	}

	@Override
	public final Object next() throws IOException {
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
				return new Request(frame.stream(), body.toByteArray());
			}
		}
	}

	private static boolean isRequest(Frame frame) {
		return frame.type() == RawHttp2Server.DATA || frame.type() == RawHttp2Server.HEADERS;
	}

	@Override
	public final byte[] answer(Object request) {
		return answer(request, reply(body(request)));
	}

	/** What a request says. */
	protected static byte[] body(Object request) {
		return ((Request) request).body();
	}

	/** An answer with some body. */
	protected static byte[] answer(Object request, byte[] body) {
		int stream = ((Request) request).stream();
		return RawHttp2Server.join(head(stream),
				RawHttp2Server.frame(RawHttp2Server.DATA, RawHttp2Server.END_STREAM, stream, body));
	}

	private static byte[] head(int stream) {
		return RawHttp2Server.frame(RawHttp2Server.HEADERS, RawHttp2Server.END_HEADERS, stream, RawHttp2Server
			.join(RawHttp2Server.status(200), RawHttp2Server.header("content-type", "application/x-thrift")));
	}

	@Override
	public final byte[] goodbye() {
		return RawHttp2Server.frame(RawHttp2Server.GOAWAY, 0, 0,
				RawHttp2Server.join(RawHttp2Server.number(ALL_STREAMS), RawHttp2Server.number(0)));
	}

	@Override
	public final byte[] lastAnswer(Object request) {
		return RawHttp2Server.join(goodbye(), answer(request));
	}

	/** In frames that are not too large themselves. */
	@Override
	public final byte[] large(Object request) {
		int stream = ((Request) request).stream();
		byte[] part = RawHttp2Server.frame(RawHttp2Server.DATA, 0, stream, new byte[10_000]);
		ByteArrayOutputStream answer = new ByteArrayOutputStream();
		answer.writeBytes(head(stream));
		for (int i = 0; i < 10; i++) {
			answer.writeBytes(part);
		}
		return answer.toByteArray();
	}

	/** A part of a body that belongs to no stream. */
	@Override
	public final byte[] nonsense() {
		return RawHttp2Server.frame(RawHttp2Server.DATA, 0, 0, new byte[1]);
	}

}
