package io.scalesrpc.benchmark.netty;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import org.jspecify.annotations.Nullable;

/**
 * The least that an echo over mux can cost on Netty: no deadline, no balancer, no
 * metrics, no object but the call, which is its own future. Frames are made from a
 * template; those that are written in one turn of the event loop go out together; callers
 * of other threads wake it once for all of them. Of several connections each has a call
 * in turn. <em>Thread-safe</em>.
 */
final class BareClient implements AutoCloseable {

	private static final int TAGS = 1 << 16;

	private final EventLoopGroup loops = Loops.one();

	private final EventLoop loop = this.loops.next();

	/**
	 * The newest of those that are to be sent, each with the one before; there is a task
	 * for them if there is one.
	 */
	private final AtomicReference<@Nullable Call> newest = new AtomicReference<>();

	private final Answers[] connections;

	/** Whose turn it is. */
	private int next;

	BareClient(List<Integer> ports) throws InterruptedException {
		this.connections = new Answers[ports.size()];
		for (int i = 0; i < ports.size(); i++) {
			this.connections[i] = connect(ports.get(i));
		}
	}

	private Answers connect(int port) throws InterruptedException {
		CompletableFuture<Answers> made = new CompletableFuture<>();
		new Bootstrap().group(this.loops)
			.channel(Loops.client())
			.option(ChannelOption.TCP_NODELAY, true)
			.handler(new ChannelInitializer<Channel>() {
				@Override
				protected void initChannel(Channel created) {
					Answers answers = new Answers(created);
					created.pipeline().addLast(answers);
					made.complete(answers);
				}
			})
			.connect("localhost", port)
			.sync();
		return made.join();
	}

	int connections() {
		return this.connections.length;
	}

	/** Makes a call whose future is completed on the event loop. */
	CompletableFuture<String> echo(String text) {
		Call call = new Call(text, null);
		send(call);
		return call;
	}

	/** Makes a call and waits for it. */
	@Nullable String echoAndWait(String text) {
		Call call = new Call(text, Thread.currentThread());
		send(call);
		while (!call.isDone()) {
			LockSupport.park(call);
		}
		return call.getNow(null);
	}

	private void send(Call call) {
		if (this.loop.inEventLoop()) {
			Answers connection = next();
			connection.send(call);
			connection.flushSoon();
			return;
		}
		Call before;
		do {
			before = this.newest.get();
			call.before = before;
		}
		while (!this.newest.compareAndSet(before, call));
		if (before == null) {
			this.loop.execute(this::sendAll);
		}
	}

	/** In the order in which they came. */
	private void sendAll() {
		Call oldest = null;
		for (Call call = this.newest.getAndSet(null); call != null;) {
			Call before = call.before;
			call.before = oldest;
			oldest = call;
			call = before;
		}
		for (Call call = oldest; call != null; call = call.before) {
			next().send(call);
		}
		for (Answers connection : this.connections) {
			connection.flush();
		}
	}

	private Answers next() {
		Answers connection = this.connections[this.next++];
		this.next = (this.next < this.connections.length) ? this.next : 0;
		return connection;
	}

	@Override
	public void close() {
		this.loops.shutdownGracefully();
	}

	/**
	 * A call. Its caller's thread is unparked when it has ended. <em>Thread-safe</em>.
	 */
	private static final class Call extends CompletableFuture<String> {

		private final String text;

		private final @Nullable Thread caller;

		private @Nullable Call before;

		Call(String text, @Nullable Thread caller) {
			this.text = text;
			this.caller = caller;
		}

		void answer(String answer) {
			complete(answer);
			if (this.caller != null) {
				LockSupport.unpark(this.caller);
			}
		}

	}

	/** The connection. <em>Confined to the event loop</em>. */
	private static final class Answers extends FrameReader {

		/**
		 * Length; Tdispatch and tag; no contexts, destination or delegations; a strict
		 * CALL of echo(1: string).
		 */
		private static final int HEAD = 4 + 4 + 6 + 4 + 8 + 4 + 3 + 4;

		private static final int TAG = 4;

		private static final int SEQUENCE = HEAD - 11;

		/**
		 * Length; Rdispatch and tag; status and no contexts; version, name, sequence id;
		 * field; its length.
		 */
		private static final int ANSWER_HEAD = 4 + 4 + 3 + 4 + 8 + 4 + 3 + 4;

		private final Batch batch;

		private final ByteBuffer head = ByteBuffer.allocate(HEAD);

		private final @Nullable Call[] waiting = new Call[TAGS];

		private final int[] freeTags = new int[TAGS];

		private int free;

		private byte[] bytes = new byte[64];

		private boolean reading;

		private boolean flushing;

		private final Channel channel;

		Answers(Channel channel) {
			this.channel = channel;
			this.batch = new Batch(channel);
			for (int tag = TAGS - 1; tag > 1; tag--) {
				this.freeTags[this.free++] = tag;
			}
			this.head.putInt(SEQUENCE - 12, 0x80010001).putInt(SEQUENCE - 8, 4);
			this.head.put(SEQUENCE - 4, "echo".getBytes(StandardCharsets.US_ASCII));
			this.head.put(SEQUENCE + 4, (byte) 11).putShort(SEQUENCE + 5, (short) 1);
		}

		void send(Call call) {
			int tag = this.freeTags[--this.free];
			this.waiting[tag] = call;
			int length = call.text.length();
			this.head.putInt(0, HEAD - 4 + length + 1).putInt(TAG, 2 << 24 | tag);
			this.head.putInt(SEQUENCE, tag).putInt(HEAD - 4, length);
			ByteBuf out = this.batch.room(HEAD + length + 1).writeBytes(this.head.array());
			out.writeBytes(ascii(call.text, length), 0, length).writeByte(0);
		}

		/** Of texts that are ASCII it is the one way that copies them as they are. */
		@SuppressWarnings("deprecation")
		private byte[] ascii(String text, int length) {
			room(length);
			text.getBytes(0, length, this.bytes, 0);
			return this.bytes;
		}

		private void room(int length) {
			if (this.bytes.length < length) {
				this.bytes = new byte[length];
			}
		}

		@Override
		boolean read(ByteBuf in) {
			this.reading = true;
			int end = frameEnd(in);
			if (end < 0) {
				return false;
			}
			int tag = in.getInt(in.readerIndex() + TAG) & 0xffffff;
			int length = in.getInt(in.readerIndex() + ANSWER_HEAD - 4);
			room(length);
			in.getBytes(in.readerIndex() + ANSWER_HEAD, this.bytes, 0, length).readerIndex(end);
			Call call = this.waiting[tag];
			this.waiting[tag] = null;
			this.freeTags[this.free++] = tag;
			if (call == null) {
				throw new IllegalStateException("tag: " + tag + " (expected: one of a call)");
			}
			call.answer(new String(this.bytes, 0, length, StandardCharsets.ISO_8859_1));
			return true;
		}

		@Override
		void readAll() {
			this.reading = false;
			flush();
		}

		/** At the end of the turn in which answers are read, or else of this one. */
		void flushSoon() {
			if (!this.reading && !this.flushing) {
				this.flushing = true;
				this.channel.eventLoop().execute(this::flush);
			}
		}

		void flush() {
			this.flushing = false;
			this.batch.flush();
		}

	}

}
