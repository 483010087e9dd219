package io.scalesrpc.http;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

import io.netty.buffer.ByteBuf;
import io.scalesrpc.call.Call;
import io.scalesrpc.call.Context;
import io.scalesrpc.time.Ticker;

/**
 * Writes requests as they go over an HTTP/1.1 connection. <em>Thread-safe</em>.
 *
 * @param options say which headers are added
 * @param ticker tells how much time a call has left
 */
record RequestWriter(HttpOptions options, Ticker ticker) {

	private static final byte[] VERSION = ascii(" HTTP/1.1\r\n");

	private static final byte[] HOST = ascii("Host: ");

	private static final byte[] CONTENT_LENGTH = ascii("Content-Length: ");

	private static final byte[] ACCEPT_ENCODING = ascii("Accept-Encoding: gzip, deflate\r\n");

	private static final byte[] COLON = ascii(": ");

	private static final byte[] LINE_END = ascii("\r\n");

	/**
	 * Appends a request.
	 * @throws IllegalArgumentException if it is not fit for the wire; the text says why
	 */
	void write(Call call, ScalesHttpRequest request, String authority, ByteBuf out) {
		RequestRules.requireMethod(request.method());
		RequestRules.requirePath(request.path());
		text(request.method() + " " + request.path(), out);
		out.writeBytes(VERSION);
		headers(request.headers(), out);
		contexts(call.context(), request.headers(), out);
		if (!RequestRules.hasHost(request.headers())) {
			String configured = this.options.host();
			out.writeBytes(HOST);
			line(configured.isEmpty() ? authority : configured, out);
		}
		added(call, request, out);
		int length = request.body().length;
		if (length > 0 || !request.isIdempotent() || request.method().equals("PUT")) {
			out.writeBytes(CONTENT_LENGTH);
			line(Integer.toString(length), out);
		}
		out.writeBytes(LINE_END);
		out.writeBytes(request.body());
	}

	private static void headers(HttpFields headers, ByteBuf out) {
		for (int i = 0; i < headers.size(); i++) {
			RequestRules.requireHeader(headers.name(i), headers.value(i));
			header(headers.name(i), headers.value(i), out);
		}
	}

	/** What stages of the user gave the call; a header of the request comes first. */
	private static void contexts(Context context, HttpFields headers, ByteBuf out) {
		for (int i = 0; i < context.size(); i++) {
			String name = context.key(i);
			if (headers.first(name) == null) {
				String value = new String(context.value(i), StandardCharsets.ISO_8859_1);
				RequestRules.requireHeader(name, value);
				header(name, value, out);
			}
		}
	}

	private void added(Call call, ScalesHttpRequest request, ByteBuf out) {
		if (!this.options.timeoutHeader().isEmpty()) {
			long left = TimeUnit.NANOSECONDS.toMillis(call.deadline().remainingNanos(this.ticker.nanos()));
			header(this.options.timeoutHeader(), Long.toString(Math.max(1, left)), out);
		}
		if (!this.options.attemptHeader().isEmpty()) {
			header(this.options.attemptHeader(), Integer.toString(call.ordinal()), out);
		}
		if (this.options.gzip() && request.headers().first("accept-encoding") == null) {
			out.writeBytes(ACCEPT_ENCODING);
		}
	}

	private static void header(String name, String value, ByteBuf out) {
		text(name, out);
		out.writeBytes(COLON);
		line(value, out);
	}

	private static void line(String text, ByteBuf out) {
		text(text, out);
		out.writeBytes(LINE_END);
	}

	private static void text(String text, ByteBuf out) {
		out.writeCharSequence(text, StandardCharsets.ISO_8859_1);
	}

	private static byte[] ascii(String text) {
		return text.getBytes(StandardCharsets.US_ASCII);
	}

}
