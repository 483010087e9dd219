package io.scalesrpc.thrift;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.scalesrpc.thrift.handler.ThriftRequestHandler;
import org.jspecify.annotations.Nullable;

/**
 * A service called through its own messages, without a connection. <em>Thread-safe</em>
 * if the handler is.
 *
 * @param codec the encoding of both halves
 * @param service the service that is called
 * @param server the other half
 */
public record ThriftLoop(ThriftCodec codec, ThriftService service, ThriftRequestHandler server) {

	public static final int SEQUENCE = 0x1234567;

	public static ThriftLoop of(ThriftEncoding encoding, Object handler) {
		return of(ThriftCodec.of(encoding), handler);
	}

	public static ThriftLoop of(ThriftCodec codec, Object handler) {
		return new ThriftLoop(codec, ThriftService.of(handler.getClass()),
				ThriftRequestHandler.builder(codec).service(handler).build());
	}

	public ThriftMethod method(String name) {
		ThriftMethod method = this.service.method(name);
		if (method == null) {
			throw new IllegalArgumentException(
					"method: " + name + " (expected: one of " + this.service.methods() + ")");
		}
		return method;
	}

	public ByteBuf request(String method, @Nullable Object... arguments) {
		ByteBuf out = Unpooled.buffer();
		method(method).writeCall(out, SEQUENCE, arguments, this.codec);
		return out;
	}

	public ByteBuf answer(ByteBuf request) {
		ByteBuf out = Unpooled.buffer();
		this.server.decode(request).invoke().encode(out);
		return out;
	}

	public ByteBuf reply(String method, @Nullable Object... arguments) {
		return answer(request(method, arguments));
	}

	public ThriftReply read(String method, ByteBuf reply) {
		return method(method).readReply(reply, SEQUENCE, this.codec);
	}

	public ThriftReply call(String method, @Nullable Object... arguments) {
		return read(method, reply(method, arguments));
	}

	/** The result of a call that must have one. */
	@Nullable public Object value(String method, @Nullable Object... arguments) {
		ThriftReply reply = call(method, arguments);
		if (reply instanceof ThriftReply.Value value) {
			return value.value();
		}
		throw new AssertionError("reply: " + reply + " (expected: a value)");
	}

}
