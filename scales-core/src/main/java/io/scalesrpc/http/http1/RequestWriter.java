package io.scalesrpc.http.http1;

import java.nio.charset.StandardCharsets;
import java.util.List;

import io.netty.buffer.ByteBuf;
import io.scalesrpc.http.ScalesHttpRequest;

/**
 * Writes requests as they go over an HTTP/1.1 connection. <em>Stateless</em>.
 */
final class RequestWriter {

	private static final byte[] VERSION = ascii(" HTTP/1.1\r\n");

	private static final byte[] COLON = ascii(": ");

	private static final byte[] LINE_END = ascii("\r\n");

	private RequestWriter() {
	}

	/**
	 * Appends a request.
	 * @param request what to write
	 * @param fields all its headers, checked
	 * @param out where to
	 */
	static void write(ScalesHttpRequest request, List<String> fields, ByteBuf out) {
		text(request.method(), out);
		out.writeByte(' ');
		text(request.path(), out);
		out.writeBytes(VERSION);
		for (int i = 0; i < fields.size(); i += 2) {
			text(fields.get(i), out);
			out.writeBytes(COLON);
			text(fields.get(i + 1), out);
			out.writeBytes(LINE_END);
		}
		out.writeBytes(LINE_END);
		out.writeBytes(request.body());
	}

	private static void text(String text, ByteBuf out) {
		out.writeCharSequence(text, StandardCharsets.ISO_8859_1);
	}

	private static byte[] ascii(String text) {
		return text.getBytes(StandardCharsets.US_ASCII);
	}

}
