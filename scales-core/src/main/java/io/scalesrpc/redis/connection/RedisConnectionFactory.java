package io.scalesrpc.redis.connection;

import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.ConnectionFuture;
import io.lettuce.core.MaintNotificationsConfig;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.TimeoutOptions;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.protocol.ProtocolVersion;
import io.lettuce.core.resource.Transports;
import io.scalesrpc.Internal;
import io.scalesrpc.call.Checks;
import io.scalesrpc.discovery.Member;
import io.scalesrpc.metrics.MeterNames;
import io.scalesrpc.redis.RedisLogin;
import io.scalesrpc.redis.RedisSettings;
import io.scalesrpc.transport.ConnectionFactory;
import io.scalesrpc.transport.Connector;
import io.scalesrpc.transport.channel.ConnectAttempt;
import org.jspecify.annotations.Nullable;

/**
 * Opens connections to Redis by Lettuce: TCP, TLS, its handshake and the first
 * {@link Proof}, all within the connect timeout. Reconnecting, queues for times without a
 * connection and timeouts of commands, which Lettuce has too, are off: the stack has
 * them. <em>Thread-safe</em>.
 */
@Internal
public final class RedisConnectionFactory implements ConnectionFactory {

	/** Beyond the calls: proofs and pings. */
	private static final int OWN_COMMANDS = 64;

	/** The time is limited elsewhere; Lettuce wants a limit. */
	private static final Duration LETTUCE_LIMIT = Duration.ofDays(1);

	/** What servers tell of their maintenance, since Lettuce 7; Spring Boot 4.0 has 6. */
	private static final boolean HAS_NOTIFICATIONS = hasNotifications();

	private final OpeningTerms shared;

	/**
	 * Creates a factory.
	 * @param connector how channels are opened
	 * @param terms what all connections of the client share
	 * @param extras what the application has set up of Lettuce
	 */
	public RedisConnectionFactory(Connector connector, SessionTerms terms, LettuceExtras extras) {
		requireTransportOf(connector);
		this.shared = new OpeningTerms(connector, terms,
				new LettuceResources(connector.eventLoops(), extras.resources()), options(terms, extras));
		terms.metrics().gauge(MeterNames.OWED_TAGS, terms.owed(), LongAdder::sum);
		WarmUp.begin(connector.eventLoops(), this.shared.options());
	}

	/** Lettuce chooses for itself: a channel of another transport fits no event loop. */
	private static void requireTransportOf(Connector connector) {
		Class<?> chosen = Transports.socketChannelClass();
		Checks.require(chosen == connector.channelType(), "transport", connector.channelType().getSimpleName(),
				chosen.getSimpleName() + " beside Redis, as Lettuce has chosen: its system properties"
						+ " io.lettuce.core.epoll, io.lettuce.core.kqueue and io.lettuce.core.iouring, each true"
						+ " or false, change that");
	}

	@Override
	public void open(Member member, Listener listener) {
		ConnectAttempt attempt = new ConnectAttempt(listener);
		try {
			RedisOpening redisOpening = new RedisOpening(this.shared, member, attempt);
			RedisClient lettuce = RedisClient.create(redisOpening.resources());
			lettuce.setOptions(this.shared.options());
			ConnectionFuture<?> connecting = lettuce.connectAsync(ByteArrayCodec.INSTANCE, uri(member));
			// Not before: the first connection of a process waits for Lettuce's classes.
			redisOpening.limit();
			connecting.whenComplete((connection, failure) -> redisOpening.connected(failure));
		}
		catch (Throwable ex) {
			attempt.failed("cannot connect: " + ex.getMessage(), ex);
		}
	}

	private RedisURI uri(Member member) {
		RedisLogin login = this.shared.session().settings().login();
		RedisURI.Builder uri = RedisURI.builder()
			.withHost(member.host())
			.withPort(member.port())
			.withDatabase(login.database())
			.withTimeout(LETTUCE_LIMIT);
		String password = login.password();
		if (login.username() != null && password != null) {
			uri.withAuthentication(login.username(), password);
		}
		else if (password != null) {
			uri.withPassword((CharSequence) password);
		}
		if (login.clientName() != null) {
			uri.withClientName(login.clientName());
		}
		return uri.build();
	}

	/** What users set comes first, what safety needs comes last. */
	private static ClientOptions options(SessionTerms terms, LettuceExtras extras) {
		long calls = (long) terms.limits().maxPendingCalls() + terms.limits().maxOwedTags();
		ClientOptions.Builder builder = ClientOptions.builder();
		extras.options().accept(builder);
		if (HAS_NOTIFICATIONS) {
			Notifications.disable(builder);
		}
		return builder.autoReconnect(false)
			.disconnectedBehavior(ClientOptions.DisconnectedBehavior.REJECT_COMMANDS)
			.requestQueueSize((int) Math.min(Integer.MAX_VALUE - 1L, 2 * calls + OWN_COMMANDS))
			.useHashIndexQueue(false)
			.socketOptions(SocketOptions.builder().keepAlive(false).build())
			.timeoutOptions(TimeoutOptions.builder().timeoutCommands(false).build())
			.protocolVersion(version(terms.settings()))
			.build();
	}

	private static boolean hasNotifications() {
		try {
			Class.forName("io.lettuce.core.MaintNotificationsConfig", false,
					RedisConnectionFactory.class.getClassLoader());
			return true;
		}
		catch (ClassNotFoundException ex) {
			return false;
		}
	}

	private static @Nullable ProtocolVersion version(RedisSettings settings) {
		return switch (settings.protocolVersion()) {
			case 2 -> ProtocolVersion.RESP2;
			case 3 -> ProtocolVersion.RESP3;
			default -> null;
		};
	}

	/** Apart, since Lettuce 6 does not have the class. */
	private static final class Notifications {

		static void disable(ClientOptions.Builder builder) {
			builder.maintNotificationsConfig(MaintNotificationsConfig.disabled());
		}

	}

}
