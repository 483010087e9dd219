package io.scalesrpc.benchmark.grpc;

import java.net.InetAddress;
import java.net.InetSocketAddress;

import io.grpc.ServerServiceDefinition;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.ServerCalls;
import io.scalesrpc.benchmark.load.Server;

/**
 * grpc-java's server, its handlers on its executor or on the event loop.
 * <em>Stateless</em>.
 */
public final class GrpcServers {

	private GrpcServers() {
	}

	/**
	 * Runs a server.
	 * @param args its name
	 */
	public static void main(String[] args) throws Exception {
		NettyServerBuilder builder = NettyServerBuilder
			.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
			.addService(ServerServiceDefinition.builder("EchoService")
				.addMethod(GrpcClients.ECHO, ServerCalls.asyncUnaryCall((text, answers) -> {
					answers.onNext(text);
					answers.onCompleted();
				}))
				.build());
		if (args[0].equals("grpc-event-loop")) {
			builder.directExecutor();
		}
		Server.run("http2=" + builder.build().start().getPort());
	}

}
