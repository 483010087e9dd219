package io.scalesrpc.transport;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.kqueue.KQueue;
import io.netty.channel.kqueue.KQueueIoHandler;
import io.netty.channel.kqueue.KQueueServerSocketChannel;
import io.netty.channel.kqueue.KQueueSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.channel.uring.IoUring;
import io.netty.channel.uring.IoUringChannelOption;
import io.netty.channel.uring.IoUringIoHandler;
import io.netty.channel.uring.IoUringServerSocketChannel;
import io.netty.channel.uring.IoUringSocketChannel;
import io.netty.util.internal.PlatformDependent;
import io.scalesrpc.call.InvalidSettingException;
import org.jspecify.annotations.Nullable;

/**
 * The classes of Netty that belong to one transport. Those of io_uring and kqueue may be
 * missing: nothing of them is touched before it is known that they are there.
 * <em>Immutable</em>.
 *
 * @param transport which transport, never {@link Transport#AUTO}
 * @param handlers what event loops are made of
 * @param channel a client's connections
 * @param serverChannel what a server listens with
 * @param lifeSigns what has the kernel find out that a peer is gone, without anybody here
 * being woken while it is not; empty where that cannot be said
 */
record SocketTypes(Transport transport, IoHandlerFactory handlers, Class<? extends Channel> channel,
		Class<? extends ServerChannel> serverChannel, Map<ChannelOption<Integer>, Integer> lifeSigns) {

	/**
	 * How long a peer may acknowledge nothing, neither bytes nor probes, before the
	 * kernel gives the connection up (gRPC A18).
	 */
	private static final int USER_TIMEOUT_MILLIS = 20_000;

	/** From this silence on the kernel probes whether the peer is there. */
	private static final int KEEP_IDLE_SECONDS = 10;

	/** From one probe that was not answered to the next. */
	private static final int KEEP_INTERVAL_SECONDS = 2;

	/**
	 * Of a transport that is there; of {@link Transport#AUTO} the first that is.
	 * @throws InvalidSettingException if it is not there
	 */
	static SocketTypes of(Transport transport) {
		require(transport);
		return switch (transport) {
			case AUTO -> of(best());
			case IO_URING -> new SocketTypes(transport, IoUringIoHandler.newFactory(), IoUringSocketChannel.class,
					IoUringServerSocketChannel.class, lifeSigns(IoUringChannelOption.TCP_USER_TIMEOUT,
							IoUringChannelOption.TCP_KEEPIDLE, IoUringChannelOption.TCP_KEEPINTVL));
			case EPOLL -> new SocketTypes(transport, EpollIoHandler.newFactory(), EpollSocketChannel.class,
					EpollServerSocketChannel.class, lifeSigns(EpollChannelOption.TCP_USER_TIMEOUT,
							EpollChannelOption.TCP_KEEPIDLE, EpollChannelOption.TCP_KEEPINTVL));
			case KQUEUE -> new SocketTypes(transport, KQueueIoHandler.newFactory(), KQueueSocketChannel.class,
					KQueueServerSocketChannel.class, Map.of());
			case NIO -> new SocketTypes(transport, NioIoHandler.newFactory(), NioSocketChannel.class,
					NioServerSocketChannel.class, Map.of());
		};
	}

	private static Map<ChannelOption<Integer>, Integer> lifeSigns(ChannelOption<Integer> userTimeout,
			ChannelOption<Integer> keepIdle, ChannelOption<Integer> keepInterval) {
		return Map.of(userTimeout, USER_TIMEOUT_MILLIS, keepIdle, KEEP_IDLE_SECONDS, keepInterval,
				KEEP_INTERVAL_SECONDS);
	}

	/** Never io_uring: docs/performance.md has the figures. */
	private static Transport best() {
		if (problem(Transport.EPOLL) == null) {
			return Transport.EPOLL;
		}
		return (problem(Transport.KQUEUE) == null) ? Transport.KQUEUE : Transport.NIO;
	}

	/**
	 * Refuses a transport that this system has not.
	 * @throws InvalidSettingException says why, and what is missing
	 */
	static void require(Transport transport) {
		Throwable problem = problem(transport);
		if (problem != null) {
			throw refusal(transport, problem, PlatformDependent.normalizedOs(), PlatformDependent.normalizedArch());
		}
	}

	/** Why a transport cannot be used here; null if it can. */
	private static @Nullable Throwable problem(Transport transport) {
		try {
			return switch (transport) {
				case IO_URING -> IoUring.unavailabilityCause();
				case EPOLL -> Epoll.unavailabilityCause();
				case KQUEUE -> KQueue.unavailabilityCause();
				case AUTO, NIO -> null;
			};
		}
		catch (LinkageError ex) {
			// Not even its classes are there.
			return ex;
		}
	}

	static InvalidSettingException refusal(Transport transport, Throwable problem, String system, String processor) {
		boolean ofMac = (transport == Transport.KQUEUE);
		String home = ofMac ? "osx" : "linux";
		if (!system.equals(home)) {
			return InvalidSettingException.of("transport", transport,
					others() + "; " + transport + " is of " + (ofMac ? "macOS" : "Linux"));
		}
		String library = "io.netty:netty-transport-native-" + transport + " with classifier " + home + "-" + processor;
		return InvalidSettingException
			.because("transport",
					"transport: " + transport + " (expected: " + others() + ", or " + library + " on the class path: "
							+ reason(problem) + ")",
					problem)
			.missing(library);
	}

	private static String others() {
		return Arrays.stream(Transport.values())
			.filter((other) -> other == Transport.AUTO || problem(other) == null)
			.map(Transport::toString)
			.collect(Collectors.joining(", "));
	}

	/** Netty wraps what the system said. */
	private static String reason(Throwable problem) {
		Throwable cause = problem;
		while (cause.getCause() != null && cause.getCause() != cause) {
			cause = cause.getCause();
		}
		if (cause instanceof ClassNotFoundException || cause instanceof NoClassDefFoundError) {
			return "its classes are missing";
		}
		String text = String.valueOf(cause.getMessage());
		return text.toLowerCase(Locale.ROOT).contains("java.library.path") ? "its native library is missing" : text;
	}

}
