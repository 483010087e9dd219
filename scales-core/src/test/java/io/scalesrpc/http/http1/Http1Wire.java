package io.scalesrpc.http.http1;

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
import io.scalesrpc.http.ScalesHttpRequest;
import io.scalesrpc.http.ScalesHttpResponse;
import io.scalesrpc.http.message.HttpContext;
import io.scalesrpc.http.message.HttpOptions;
import io.scalesrpc.http.protocol.HttpMethodSpec;
import io.scalesrpc.http.protocol.PlainHttp;
import io.scalesrpc.metrics.ClientMetrics;
import io.scalesrpc.testing.CapturingObserver;
import io.scalesrpc.testing.FakeTime;
import io.scalesrpc.transport.TransportLimits;

/**
 * One connection without a network, on fake time. <em>Confined to the thread of the
 * test</em>.
 */
public final class Http1Wire {

	public static final HttpMethodSpec EXCHANGE = new HttpMethodSpec("Http", "exchange", null);

	public static final int MAX_BODY = 2048;

	public final FakeTime time;

	public final HttpContext context;

	public final EmbeddedChannel channel;

	public final Http1Connection connection;

	private final StringBuilder sent = new StringBuilder();

	public Http1Wire() {
		this(Map.of());
	}

	public Http1Wire(Map<String, String> options) {
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
	public Http1Wire another() {
		return new Http1Wire(this.time, this.context);
	}

	/** Sends a request; what became of it is told to the observer. */
	public CapturingObserver send(ScalesHttpRequest request) {
		return send(call(request));
	}

	public CapturingObserver get() {
		return send(ScalesHttpRequest.of("GET", "/"));
	}

	public CapturingObserver send(Call call) {
		CapturingObserver observer = CapturingObserver.of(call);
		this.connection.dispatch(call);
		this.channel.runPendingTasks();
		for (ByteBuf out = this.channel.readOutbound(); out != null; out = this.channel.readOutbound()) {
			this.sent.append(out.toString(StandardCharsets.ISO_8859_1));
			out.release();
		}
		return observer;
	}

	public Call call(ScalesHttpRequest request) {
		return new Call(EXCHANGE, new Object[] { request }, Deadline.after(Duration.ofSeconds(1), this.time.nanos()),
				Context.empty());
	}

	/** What was sent since it was last asked; empty for nothing. */
	public String sent() {
		String text = this.sent.toString();
		this.sent.setLength(0);
		return text;
	}

	/** The server sends bytes. */
	public void answer(String text) {
		answer(text.getBytes(StandardCharsets.ISO_8859_1));
	}

	public void answer(byte[] bytes) {
		this.channel.writeInbound(Unpooled.copiedBuffer(bytes));
		this.channel.runPendingTasks();
	}

	public void hangUp() {
		this.channel.close();
		this.channel.runPendingTasks();
	}

	public static ScalesHttpResponse response(CapturingObserver observer) {
		return (ScalesHttpResponse) observer.value();
	}

}
