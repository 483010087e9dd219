package io.scalesrpc.benchmark;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.function.BiConsumer;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.handler.codec.LengthFieldBasedFrameDecoder;
import io.scalesrpc.transport.EventLoops;
import io.scalesrpc.transport.Transport;
import org.jspecify.annotations.Nullable;

/**
 * The least that an echo over mux can cost on Netty: no deadline, no balancer, no metrics, no objects beyond the frame. The
 * call is written from a template, its answer is a substring at a fixed place. <em>Thread-safe</em>.
 */
final class BareNettyClient implements AutoCloseable {

	private static final int FIRST_TAG = 2;

	private static final int MAX_TAGS = 4096;

	private final EventLoops eventLoops;

	private final boolean ownLoops;

	private final Channel channel;

	@SuppressWarnings({ "unchecked", "rawtypes" })
	private final BiConsumer<@Nullable String, @Nullable Throwable>[] waiting = new BiConsumer[MAX_TAGS];

	private final ArrayDeque<Integer> freeTags = new ArrayDeque<>();

	private boolean flushScheduled;

	BareNettyClient(int port) throws InterruptedException {
		this(port, EventLoops.create("bare-netty", 1, Transport.valueOf(System.getProperty("transport", "AUTO"))), true);
	}

	/** On event loops that stay. */
	BareNettyClient(int port, EventLoops shared) throws InterruptedException {
		this(port, shared, false);
	}

	private BareNettyClient(int port, EventLoops loops, boolean own) throws InterruptedException {
		this.eventLoops = loops;
		this.ownLoops = own;
		for (int tag = FIRST_TAG; tag < MAX_TAGS; tag++) {
			this.freeTags.add(tag);
		}
		this.channel = new Bootstrap().group(this.eventLoops.group())
			.channel(this.eventLoops.channelType())
			.option(ChannelOption.TCP_NODELAY, true)
			.handler(new ChannelInitializer<Channel>() {

				@Override
				protected void initChannel(Channel created) {
					created.pipeline()
						.addLast(new LengthFieldBasedFrameDecoder(1 << 24, 0, 4, 0, 4))
						.addLast(new Answers());
				}

			})
			.connect("localhost", port)
			.sync()
			.channel();
	}

	/**
	 * Makes a call.
	 * @param text what is to come back
	 * @param done told the answer, on the event loop
	 */
	void echo(String text, BiConsumer<@Nullable String, @Nullable Throwable> done) {
		if (this.channel.eventLoop().inEventLoop()) {
			send(text, done);
		}
		else {
			this.channel.eventLoop().execute(() -> send(text, done));
		}
	}

	/** Tdispatch without contexts, then a strict binary CALL of echo(1: string). */
	private void send(String text, BiConsumer<@Nullable String, @Nullable Throwable> done) {
		int tag = this.freeTags.remove();
		this.waiting[tag] = done;
		ByteBuf frame = this.channel.alloc().buffer(128);
		frame.writeInt(0).writeByte(2).writeMedium(tag).writeShort(0).writeShort(0).writeShort(0);
		frame.writeInt(0x80010001).writeInt(4).writeCharSequence("echo", StandardCharsets.UTF_8);
		frame.writeInt(tag).writeByte(11).writeShort(1).writeInt(text.length());
		frame.writeCharSequence(text, StandardCharsets.UTF_8);
		frame.writeByte(0);
		frame.setInt(0, frame.readableBytes() - 4);
		this.channel.write(frame, this.channel.voidPromise());
		if (!this.flushScheduled) {
			this.flushScheduled = true;
			this.channel.eventLoop().execute(this::flush);
		}
	}

	private void flush() {
		this.flushScheduled = false;
		this.channel.flush();
	}

	@Override
	public void close() {
		this.channel.close().syncUninterruptibly();
		if (this.ownLoops) {
			this.eventLoops.close(Duration.ofSeconds(1)).toCompletableFuture().join();
		}
	}

	/** Reads Rdispatch OK, no contexts, REPLY "echo", field 0. <em>Confined to the event loop</em>. */
	private final class Answers extends ChannelInboundHandlerAdapter {

		/** Type and tag, status and contexts, version, name and sequence id, field header, length. */
		private static final int TEXT_INDEX = 4 + 3 + 4 + 8 + 4 + 3 + 4;

		@Override
		public void channelRead(ChannelHandlerContext ctx, Object message) {
			ByteBuf frame = (ByteBuf) message;
			int tag = frame.getUnsignedMedium(1);
			int length = frame.getInt(TEXT_INDEX - 4);
			String answer = frame.toString(TEXT_INDEX, length, StandardCharsets.UTF_8);
			frame.release();
			BiConsumer<@Nullable String, @Nullable Throwable> done = BareNettyClient.this.waiting[tag];
			BareNettyClient.this.freeTags.add(tag);
			done.accept(answer, null);
		}

	}

}
