package io.scalesrpc.transport;

import java.net.InetSocketAddress;
import java.time.Duration;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.util.AttributeKey;
import io.scalesrpc.discovery.Member;
import io.scalesrpc.transport.lookup.HostLookups;
import io.scalesrpc.transport.lookup.HostResolverGroup;
import org.jspecify.annotations.Nullable;

/**
 * Opens channels to members: name resolution off the event loop, of several addresses the
 * first that takes a connection, TCP, and the socket options all protocols share. What
 * may wait to be written is bounded by the protocols, which queue above the channel;
 * Netty's own marks stay as they are. With TLS from the first byte, a channel is
 * connected and active once its handshake is done. <em>Thread-safe</em>.
 */
public final class Connector {

	/** The name by which a channel is connected. */
	private static final AttributeKey<String> NAME = AttributeKey.valueOf(Connector.class, "NAME");

	private final ChannelOpener opener;

	private final Duration connectTimeout;

	private final @Nullable TlsSettings tls;

	private final @Nullable TlsContexts contexts;

	/** Null where each channel is on the next loop. */
	private final ChannelOpener.@Nullable LoopRuns runs;

	/**
	 * Creates a connector without TLS.
	 * @param eventLoops where the channels live
	 * @param connectTimeout how long opening may take in all: TCP and the protocol's
	 * handshake; positive
	 */
	public Connector(EventLoops eventLoops, Duration connectTimeout) {
		this(eventLoops, connectTimeout, null);
	}

	/**
	 * Creates a connector.
	 * @param eventLoops where the channels live
	 * @param connectTimeout how long opening may take in all: TCP, TLS and the protocol's
	 * handshake; positive
	 * @param tls how TLS is spoken; null for not at all
	 * @throws IllegalArgumentException if what TLS is made of cannot be used
	 */
	public Connector(EventLoops eventLoops, Duration connectTimeout, @Nullable TlsSettings tls) {
		this.connectTimeout = connectTimeout;
		this.opener = new ChannelOpener(eventLoops, connectTimeout);
		this.tls = tls;
		this.contexts = (tls != null) ? TlsContexts.of(tls, null) : null;
		this.runs = null;
	}

	private Connector(Connector other, @Nullable TlsContexts contexts, ChannelOpener.@Nullable LoopRuns runs) {
		this.opener = other.opener;
		this.connectTimeout = other.connectTimeout;
		this.tls = other.tls;
		this.contexts = contexts;
		this.runs = runs;
	}

	/**
	 * A connector that says to servers within the handshake of TLS what is to be spoken.
	 * A channel to a server that does not choose it, though it must, is not connected.
	 * @param protocol what is offered
	 * @return a new connector; this one, if channels are not encrypted
	 */
	public Connector offering(Alpn protocol) {
		return (this.tls != null) ? new Connector(this, TlsContexts.of(this.tls, protocol), this.runs) : this;
	}

	/**
	 * A connector whose channels share event loops where they are few: eight in a row are
	 * on one, and the next ones on the next. For protocols that need a channel for each
	 * call at a time, of which each has little to do: loops that have little to do fall
	 * asleep between any two calls and are woken for each.
	 * @return a new connector
	 */
	public Connector sharingLoops() {
		return new Connector(this, this.contexts, new ChannelOpener.LoopRuns());
	}

	/**
	 * How long opening a connection may take, the handshakes of TLS and of the protocol
	 * included. The protocol sees to it that it does not take longer.
	 * @return a positive duration
	 */
	public Duration connectTimeout() {
		return this.connectTimeout;
	}

	/**
	 * How TLS is spoken, for connections that a library opens.
	 * @return {@code null} for not at all
	 */
	public @Nullable TlsSettings tls() {
		return this.tls;
	}

	/**
	 * Whether channels are encrypted.
	 * @return {@code true} with TLS
	 */
	public boolean speaksTls() {
		return this.tls != null;
	}

	/**
	 * Opens a channel.
	 * @param member whom to connect to
	 * @param initializer sets the channel's pipeline up
	 * @return completes on the channel's event loop
	 */
	public ChannelFuture connect(Member member, ChannelHandler initializer) {
		return connectInClear(member, withTls(member, initializer));
	}

	/**
	 * Opens a channel without TLS, for protocols that agree upon it and
	 * {@linkplain #beginTls begin it} later.
	 * @param member whom to connect to
	 * @param initializer sets the channel's pipeline up
	 * @return completes on the channel's event loop
	 */
	public ChannelFuture connectInClear(Member member, ChannelHandler initializer) {
		InetSocketAddress address = HostResolverGroup.address(member.host(), member.port());
		ChannelFuture connecting = bootstrap().handler(initializer).connect(address);
		if (address.isUnresolved()) {
			connecting.channel().attr(NAME).set(member.host());
			connecting.addListener((connected) -> {
				if (!connected.isSuccess()) {
					this.opener.resolver().failed(member.host(), member.port());
				}
			});
		}
		return connecting;
	}

	private Bootstrap bootstrap() {
		Bootstrap known = this.opener.bootstrap();
		return (this.runs != null) ? known.clone(this.runs.next(known.config().group())) : known.clone();
	}

	/**
	 * Begins TLS on a channel that was connected in clear, below all of its handlers; to
	 * be called on its event loop. When TLS is established, the channel becomes active
	 * for them once more.
	 * @param channel a channel on which nothing has been read that was not taken
	 * @param member whom the channel is connected to
	 * @return fails with the reason, and the channel is closed then
	 * @throws IllegalStateException if this connector has no settings of TLS
	 */
	public ChannelFuture beginTls(Channel channel, Member member) {
		MemberTls with = tlsWith(member);
		if (with == null) {
			throw new IllegalStateException("tls: none (expected: settings of TLS)");
		}
		return with.begin(channel);
	}

	/**
	 * Makes a library's bootstrap open channels as this connector does. TLS is not part
	 * of it: see {@link #secure}.
	 * @param others has a handler and a kind of channel, and the
	 * {@linkplain #eventLoops() event loops} of this connector
	 */
	public void configure(Bootstrap others) {
		others.resolver(this.opener.resolver());
		this.opener.bootstrap().config().options().forEach((option, value) -> set(others, option, value));
	}

	@SuppressWarnings("unchecked")
	private static <T> void set(Bootstrap bootstrap, ChannelOption<T> option, Object value) {
		bootstrap.option(option, (T) value);
	}

	/**
	 * Where the channels live, for libraries that open their own.
	 * @return the event loops
	 */
	public EventLoopGroup eventLoops() {
		return this.opener.bootstrap().config().group();
	}

	/**
	 * Puts TLS, if channels are encrypted, below the handlers of a channel that a library
	 * is about to connect; to be called on its event loop, before it is connected.
	 * @param channel a channel with its handlers
	 * @param member whom it is to be connected to
	 * @throws IllegalArgumentException if the material was reloaded and cannot be used
	 */
	public void secure(Channel channel, Member member) {
		channel.attr(NAME).set(member.host());
		// Whether it was ever connected is known to the library.
		channel.closeFuture().addListener((closed) -> this.opener.resolver().failed(member.host(), member.port()));
		MemberTls with = tlsWith(member);
		if (with != null) {
			channel.pipeline().addFirst(with.handler(channel), with.gate());
		}
	}

	/**
	 * What the channels of this connector are, for libraries that choose for themselves
	 * and must choose alike.
	 * @return the class of Netty
	 */
	public Class<? extends Channel> channelType() {
		return this.opener.channelType();
	}

	private @Nullable MemberTls tlsWith(Member member) {
		return (this.tls != null && this.contexts != null)
				? new MemberTls(this.contexts, member, this.tls.nameOf(member), this.connectTimeout) : null;
	}

	private ChannelHandler withTls(Member member, ChannelHandler protocol) {
		MemberTls with = tlsWith(member);
		return (with != null) ? new TlsInitializer(with, protocol) : protocol;
	}

	/**
	 * What a channel that is not open in time was waiting for, to be added to the reason.
	 * Runs on any thread.
	 * @param channel a channel of any connector
	 * @return text in brackets with a space before it; empty if there is nothing to add
	 */
	public static String waitingFor(Channel channel) {
		String name = channel.attr(NAME).get();
		if (name != null && !channel.isActive() && HostLookups.SYSTEM.isRunning(name)) {
			return " (the name " + name + " is still being looked up)";
		}
		TlsGate gate = channel.pipeline().get(TlsGate.class);
		return (gate != null && gate.isWaiting()) ? " (the server has not finished the TLS handshake)" : "";
	}

}
