package io.scalesrpc.http;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.scalesrpc.call.Call;
import io.scalesrpc.call.Context;
import io.scalesrpc.call.Deadline;
import io.scalesrpc.metrics.ClientMetrics;
import io.scalesrpc.testing.CapturingObserver;
import io.scalesrpc.testing.FakeTime;
import io.scalesrpc.transport.TransportLimits;

/**
 * One connection without a network, on fake time. <em>Confined to the thread of the
 * test</em>.
 */
final class Http1Wire {

	static final HttpMethodSpec EXCHANGE = new HttpMethodSpec("Http", "exchange", null);

	static final int MAX_BODY = 2048;

	final FakeTime time;

	final HttpContext context;

	final EmbeddedChannel channel;

	final Http1Connection connection;

	private final StringBuilder sent = new StringBuilder();

	Http1Wire() {
		this(Map.of());
	}

	Http1Wire(Map<String, String> options) {
		this(new FakeTime(), HttpOptions.of(options));
	}

	private Http1Wire(FakeTime time, HttpOptions options) {
		this(time,
				new HttpContext(options, () -> new PlainHttp(options.rules()),
						new TransportLimits(MAX_BODY, 1, 65_536, 1),
						new ClientMetrics(new SimpleMeterRegistry(), "test", "http"), time, time));
	}

	private Http1Wire(FakeTime time, HttpContext context) {
		this.time = time;
		this.context = context;
		this.channel = new EmbeddedChannel();
		this.connection = new Http1Connection(Http1Session.on(this.channel, context), "users:8080");
	}

	/** Another connection of the same client. */
	Http1Wire another() {
		return new Http1Wire(this.time, this.context);
	}

	/** Sends a request; what became of it is told to the observer. */
	CapturingObserver send(ScalesHttpRequest request) {
		return send(call(request));
	}

	CapturingObserver get() {
		return send(ScalesHttpRequest.of("GET", "/"));
	}

	CapturingObserver send(Call call) {
		CapturingObserver observer = CapturingObserver.of(call);
		this.connection.dispatch(call);
		this.channel.runPendingTasks();
		for (ByteBuf out = this.channel.readOutbound(); out != null; out = this.channel.readOutbound()) {
			this.sent.append(out.toString(StandardCharsets.ISO_8859_1));
			out.release();
		}
		return observer;
	}

	Call call(ScalesHttpRequest request) {
		return new Call(EXCHANGE, new Object[] { request }, Deadline.after(Duration.ofSeconds(1), this.time.nanos()),
				Context.empty());
	}

	/** What was sent since it was last asked; empty for nothing. */
	String sent() {
		String text = this.sent.toString();
		this.sent.setLength(0);
		return text;
	}

	/** The server sends bytes. */
	void answer(String text) {
		answer(text.getBytes(StandardCharsets.ISO_8859_1));
	}

	void answer(byte[] bytes) {
		this.channel.writeInbound(Unpooled.copiedBuffer(bytes));
		this.channel.runPendingTasks();
	}

	void hangUp() {
		this.channel.close();
		this.channel.runPendingTasks();
	}

	static ScalesHttpResponse response(CapturingObserver observer) {
		return (ScalesHttpResponse) observer.value();
	}

}
