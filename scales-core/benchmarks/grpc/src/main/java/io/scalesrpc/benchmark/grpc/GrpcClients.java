package io.scalesrpc.benchmark.grpc;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;

import io.grpc.CallOptions;
import io.grpc.Drainable;
import io.grpc.KnownLength;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.StreamObserver;
import io.scalesrpc.benchmark.load.AsyncEchoClient;
import io.scalesrpc.benchmark.load.BlockingEchoClient;
import io.scalesrpc.benchmark.load.Client;
import io.scalesrpc.benchmark.load.EchoClient;
import org.jspecify.annotations.Nullable;

/**
 * grpc-java over plain text, with a deadline unless its name says otherwise. Texts are
 * sent as they are, not in Protobuf: its client is the faster for it. <em>Stateless</em>.
 */
public final class GrpcClients {

	static final MethodDescriptor<String, String> ECHO = MethodDescriptor.<String, String>newBuilder()
		.setType(MethodDescriptor.MethodType.UNARY)
		.setFullMethodName("EchoService/echo")
		.setRequestMarshaller(new Texts())
		.setResponseMarshaller(new Texts())
		.build();

	private GrpcClients() {
	}

	/**
	 * Runs a client.
	 * @param args as {@link Client#run} has them
	 */
	public static void main(String[] args) throws Exception {
		Client.run(args, GrpcClients::create);
	}

	private static EchoClient create(String name, int port, int concurrency) {
		NettyChannelBuilder builder = NettyChannelBuilder.forAddress("localhost", port).usePlaintext();
		return switch (name) {
			case "grpc" -> async(builder.build(), true);
			case "grpc-event-loop" -> async(builder.directExecutor().build(), true);
			case "grpc-no-deadline" -> async(builder.directExecutor().build(), false);
			case "grpc-blocking" -> blocking(builder.build());
			default -> throw Client.unknown(name);
		};
	}

	private static CallOptions options() {
		return CallOptions.DEFAULT.withDeadlineAfter(10, TimeUnit.SECONDS);
	}

	private static EchoClient blocking(ManagedChannel channel) {
		return (BlockingEchoClient) (text) -> ClientCalls.blockingUnaryCall(channel, ECHO, options(), text);
	}

	private static EchoClient async(ManagedChannel channel, boolean deadline) {
		return (AsyncEchoClient) (text, done) -> ClientCalls
			.asyncUnaryCall(channel.newCall(ECHO, deadline ? options() : CallOptions.DEFAULT), text, new Answer(done));
	}

	/**
	 * Tells when the call has ended, not before: its status is part of the answer.
	 * <em>Confined to one call</em>.
	 */
	private static final class Answer implements StreamObserver<String> {

		private final BiConsumer<@Nullable String, @Nullable Throwable> done;

		private @Nullable String text;

		Answer(BiConsumer<@Nullable String, @Nullable Throwable> done) {
			this.done = done;
		}

		@Override
		public void onNext(String answer) {
			this.text = answer;
		}

		@Override
		public void onError(Throwable failure) {
			this.done.accept(null, failure);
		}

		@Override
		public void onCompleted() {
			this.done.accept(this.text, null);
		}

	}

	/** Latin-1. <em>Stateless</em>. */
	private static final class Texts implements MethodDescriptor.Marshaller<String> {

		@Override
		public InputStream stream(String text) {
			return new Text(text.getBytes(StandardCharsets.ISO_8859_1));
		}

		@Override
		public String parse(InputStream stream) {
			try {
				// Not readAllBytes(), which makes a buffer of 8 KiB.
				byte[] bytes = new byte[stream.available()];
				stream.readNBytes(bytes, 0, bytes.length);
				return new String(bytes, StandardCharsets.ISO_8859_1);
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}

	}

	/**
	 * Writes itself, as a message of Protobuf does: other streams are copied, each with a
	 * buffer of 8 KiB. <em>Confined to one call</em>.
	 */
	private static final class Text extends ByteArrayInputStream implements Drainable, KnownLength {

		Text(byte[] bytes) {
			super(bytes);
		}

		@Override
		public int drainTo(OutputStream target) throws IOException {
			return (int) transferTo(target);
		}

	}

}
