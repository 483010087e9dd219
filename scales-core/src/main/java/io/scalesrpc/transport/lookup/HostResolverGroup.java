package io.scalesrpc.transport.lookup;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.resolver.AbstractAddressResolver;
import io.netty.resolver.AddressResolver;
import io.netty.resolver.AddressResolverGroup;
import io.netty.util.NetUtil;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import io.scalesrpc.time.Timer;
import org.jspecify.annotations.Nullable;

/**
 * To which address a channel connects. An address is itself and is never looked up. A
 * name is looked up off the event loops; of several addresses the first that takes a
 * connection is chosen by an {@link AddressRace}, whose own connection is closed again,
 * and is taken without a race until connecting there fails. <em>Thread-safe</em>.
 */
public final class HostResolverGroup extends AddressResolverGroup<InetSocketAddress> {

	/** Names whose address is remembered; more are raced for each time. */
	private static final int MAX_PROVEN = 4096;

	private final HostLookups lookups;

	private final Class<? extends Channel> channelType;

	private final Duration connectTimeout;

	/** Of names and ports with several addresses, the one that was connected to last. */
	private final Map<InetSocketAddress, InetAddress> proven = new ConcurrentHashMap<>();

	/**
	 * Creates a group, which holds nothing that has to be closed.
	 * @param lookups knows names
	 * @param channelType what connects on the event loops
	 * @param connectTimeout how long one address may take in a race
	 */
	public HostResolverGroup(HostLookups lookups, Class<? extends Channel> channelType, Duration connectTimeout) {
		this.lookups = lookups;
		this.channelType = channelType;
		this.connectTimeout = connectTimeout;
	}

	/**
	 * Whom to connect to.
	 * @param host a name or an address, that of IPv6 perhaps with a zone
	 * @param port the port
	 * @return resolved if it is an address of this machine's networks
	 */
	public static InetSocketAddress address(String host, int port) {
		InetAddress address = literal(host);
		return (address != null) ? new InetSocketAddress(address, port)
				: InetSocketAddress.createUnresolved(host, port);
	}

	/** No name server is asked for what is an address; a zone is looked at here. */
	private static @Nullable InetAddress literal(String host) {
		if (!NetUtil.isValidIpV4Address(host) && !NetUtil.isValidIpV6Address(host)) {
			return null;
		}
		try {
			return InetAddress.getByName(host);
		}
		catch (UnknownHostException ex) {
			// A zone that is none of this machine's: the look-up says so.
			return null;
		}
	}

	/**
	 * Connecting to the address that was chosen for a name failed: others are tried the
	 * next time.
	 */
	public void failed(String host, int port) {
		this.proven.remove(InetSocketAddress.createUnresolved(host, port));
	}

	/** Not kept: a resolver holds nothing, and event loops outlive connectors. */
	@Override
	public AddressResolver<InetSocketAddress> getResolver(EventExecutor executor) {
		return newResolver(executor);
	}

	@Override
	protected AddressResolver<InetSocketAddress> newResolver(EventExecutor executor) {
		return new Resolver(executor);
	}

	/** Resolves for one event loop. <em>Thread-safe</em>. */
	private final class Resolver extends AbstractAddressResolver<InetSocketAddress> {

		Resolver(EventExecutor executor) {
			super(executor, InetSocketAddress.class);
		}

		@Override
		protected boolean doIsResolved(InetSocketAddress address) {
			return !address.isUnresolved();
		}

		@Override
		protected void doResolve(InetSocketAddress unresolved, Promise<InetSocketAddress> promise) {
			InetSocketAddress itself = address(unresolved.getHostString(), unresolved.getPort());
			if (!itself.isUnresolved()) {
				promise.setSuccess(itself);
				return;
			}
			find(unresolved.getHostString(), promise, (found) -> choose(unresolved, found, promise));
		}

		@Override
		protected void doResolveAll(InetSocketAddress unresolved, Promise<List<InetSocketAddress>> promise) {
			find(unresolved.getHostString(), promise, (found) -> promise.setSuccess(at(unresolved.getPort(), found)));
		}

		private void find(String host, Promise<?> promise, Consumer<List<InetAddress>> then) {
			HostResolverGroup.this.lookups.find(host).whenComplete((found, failure) -> executor().execute(() -> {
				if (failure != null) {
					promise.tryFailure(failure);
				}
				else {
					then.accept(AddressOrder.interleaved(found));
				}
			}));
		}

		private static List<InetSocketAddress> at(int port, List<InetAddress> addresses) {
			return addresses.stream().map((address) -> new InetSocketAddress(address, port)).toList();
		}

		private void choose(InetSocketAddress unresolved, List<InetAddress> found, Promise<InetSocketAddress> promise) {
			InetAddress known = HostResolverGroup.this.proven.get(unresolved);
			if (found.size() == 1 || !(executor() instanceof EventLoop loop)) {
				promise.setSuccess(new InetSocketAddress(found.get(0), unresolved.getPort()));
			}
			else if (known != null && found.contains(known)) {
				promise.setSuccess(new InetSocketAddress(known, unresolved.getPort()));
			}
			else {
				promise.addListener((Future<InetSocketAddress> chosen) -> remember(unresolved, chosen));
				new AddressRace(at(unresolved.getPort(), found), (address) -> connect(loop, address), timer(loop),
						promise)
					.proceed();
			}
		}

		private void remember(InetSocketAddress unresolved, Future<InetSocketAddress> chosen) {
			Map<InetSocketAddress, InetAddress> proven = HostResolverGroup.this.proven;
			if (chosen.isSuccess() && proven.size() < MAX_PROVEN) {
				proven.put(unresolved, chosen.getNow().getAddress());
			}
		}

		private static Timer timer(EventLoop loop) {
			return (task, delay, unit) -> {
				Future<?> future = loop.schedule(task, delay, unit);
				return () -> future.cancel(false);
			};
		}

		private Future<?> connect(EventLoop loop, InetSocketAddress address) {
			long limit = Math.max(1, HostResolverGroup.this.connectTimeout.toMillis());
			ChannelFuture connecting = new Bootstrap().group(loop)
				.channel(HostResolverGroup.this.channelType)
				.option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int) Math.min(Integer.MAX_VALUE, limit))
				.handler(new ChannelInboundHandlerAdapter())
				.connect(address);
			connecting.addListener((connected) -> connecting.channel().close());
			return connecting;
		}

	}

}
