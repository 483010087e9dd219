package io.scalesrpc.mux.session;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.netty.buffer.ByteBuf;
import io.netty.channel.embedded.EmbeddedChannel;
import io.scalesrpc.call.Call;
import io.scalesrpc.call.Context;
import io.scalesrpc.call.Deadline;
import io.scalesrpc.call.Failure;
import io.scalesrpc.call.FailureKind;
import io.scalesrpc.call.MethodSpec;
import io.scalesrpc.call.Outcome;
import io.scalesrpc.call.Reply;
import io.scalesrpc.metrics.ClientMetrics;
import io.scalesrpc.mux.MuxFrame;
import io.scalesrpc.mux.MuxStatus;
import io.scalesrpc.mux.MuxType;
import io.scalesrpc.mux.RdispatchCodec;
import io.scalesrpc.testing.Calls;
import io.scalesrpc.testing.FakeTime;
import io.scalesrpc.testing.TestMethod;
import io.scalesrpc.transport.TransportLimits;
import org.jspecify.annotations.Nullable;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A session on a channel without a socket: the test is the server. Requests and replies
 * are texts. <em>Confined to the thread of the test</em>.
 */
final class MuxSessionHarness implements AutoCloseable {

	static final MethodSpec ONEWAY = new TestMethod("Calculator", "zip", true);

	final FakeTime time = new FakeTime();

	final SimpleMeterRegistry meters = new SimpleMeterRegistry();

	final EmbeddedChannel channel = new EmbeddedChannel();

	final MuxSession session;

	final MuxConnection connection;

	/** What is left of several frames that were written in one piece. */
	private @Nullable ByteBuf written;

	MuxSessionHarness() {
		this(TransportLimits.DEFAULT, Integer.MAX_VALUE);
	}

	MuxSessionHarness(TransportLimits limits, int maxPieceBytes) {
		MuxSessionContext context = new MuxSessionContext(new TextCodec(), MuxSettings.DEFAULT, limits,
				new ClientMetrics(this.meters, "test", "mux"), this.time, this.time, new LongAdder());
		this.session = new MuxSession(this.channel, context, maxPieceBytes);
		this.connection = new MuxConnection(this.session, context);
		this.channel.pipeline().addLast(this.session);
	}

	/** Answers the ping every session starts with. */
	MuxSessionHarness started() {
		expect(MuxType.TPING, MuxFrame.CONTROL_TAG);
		receive(empty(MuxType.RPING, MuxFrame.CONTROL_TAG));
		return this;
	}

	Call dispatch(String text) {
		return dispatch(Calls.METHOD, text);
	}

	Call dispatch(MethodSpec method, String text) {
		Call call = Calls.call(method, Deadline.after(Duration.ofSeconds(1), this.time.nanos()), text);
		this.connection.dispatch(call);
		run();
		return call;
	}

	void run() {
		this.channel.runPendingTasks();
	}

	void advance(Duration duration) {
		this.time.advance(duration);
		run();
	}

	/** Hands the session a frame; it must have none of its length bytes. */
	void receive(ByteBuf frame) {
		this.channel.writeInbound(frame);
		run();
	}

	/**
	 * The next frame the session wrote: from its type on, to be released by the caller.
	 */
	@Nullable ByteBuf sent() {
		run();
		if (this.written == null) {
			this.written = this.channel.readOutbound();
		}
		ByteBuf several = this.written;
		if (several == null) {
			return null;
		}
		int length = several.readInt();
		ByteBuf frame = several.readRetainedSlice(length);
		if (!several.isReadable()) {
			several.release();
			this.written = null;
		}
		return frame;
	}

	void expect(int type, int tag) {
		ByteBuf frame = sent();
		if (frame == null) {
			throw new AssertionError("nothing was sent (expected: " + MuxType.name(type) + ")");
		}
		String found = MuxType.name(MuxFrame.type(frame)) + " " + MuxFrame.tag(frame);
		frame.release();
		if (!found.equals(MuxType.name(type) + " " + tag)) {
			throw new AssertionError("sent: " + found + " (expected: " + MuxType.name(type) + " " + tag + ")");
		}
	}

	void expectNothing() {
		ByteBuf frame = sent();
		if (frame != null) {
			String found = MuxType.name(MuxFrame.type(frame));
			frame.release();
			throw new AssertionError("sent: " + found + " (expected: nothing)");
		}
	}

	double count(String meter) {
		return this.meters.find(meter).counters().stream().mapToDouble((counter) -> counter.count()).sum();
	}

	ByteBuf empty(int type, int tag) {
		return MuxFrame.empty(this.channel.alloc(), type, tag).skipBytes(MuxFrame.LENGTH_BYTES);
	}

	ByteBuf reply(int tag, String text) {
		return reply(tag, MuxStatus.OK, Context.empty(), text);
	}

	ByteBuf reply(int tag, MuxStatus status, Context contexts, String text) {
		ByteBuf buffer = this.channel.alloc().buffer();
		int start = RdispatchCodec.begin(buffer, tag, status, contexts);
		buffer.writeCharSequence(text, StandardCharsets.UTF_8);
		MuxFrame.end(buffer, start);
		return buffer.skipBytes(MuxFrame.LENGTH_BYTES);
	}

	@Override
	public void close() {
		this.session.ending().abort();
		if (this.written != null) {
			this.written.release();
		}
		this.channel.finishAndReleaseAll();
		this.time.advance(Duration.ZERO);
	}

	/** As what a call has failed. */
	static FailureKind kind(Call call) {
		Outcome outcome = call.outcome();
		assertThat(outcome).as("outcome of %s", call.method()).isInstanceOf(Failure.class);
		return ((Failure) outcome).kind();
	}

	/** Why it has. */
	static String reason(Call call) {
		return ((Failure) call.outcome()).reason();
	}

	/** What it was answered. */
	static Object value(Call call) {
		assertThat(call.outcome()).isInstanceOf(Reply.class);
		return ((Reply) call.outcome()).value();
	}

}
