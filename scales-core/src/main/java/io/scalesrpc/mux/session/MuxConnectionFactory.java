package io.scalesrpc.mux.session;

import java.util.concurrent.atomic.LongAdder;

import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.scalesrpc.discovery.Member;
import io.scalesrpc.metrics.MeterNames;
import io.scalesrpc.mux.MuxFrameDecoder;
import io.scalesrpc.mux.OpportunisticTls;
import io.scalesrpc.transport.ConnectionFactory;
import io.scalesrpc.transport.Connector;
import io.scalesrpc.transport.channel.ConnectAttempt;

/**
 * Opens mux connections: TCP, TLS, then the handshake, which may agree upon TLS instead,
 * all within the connect timeout. <em>Thread-safe</em>.
 */
public final class MuxConnectionFactory implements ConnectionFactory {

	private final Connector connector;

	private final MuxSessionContext context;

	/**
	 * Creates a factory.
	 * @param connector opens the channels
	 * @param context what all sessions of the client share
	 */
	public MuxConnectionFactory(Connector connector, MuxSessionContext context) {
		this.connector = connector;
		this.context = context;
		context.metrics().gauge(MeterNames.OWED_TAGS, context.owedTags(), LongAdder::sum);
	}

	@Override
	public void open(Member member, Listener listener) {
		ConnectAttempt opening = new ConnectAttempt(listener);
		OpportunisticTls level = this.context.settings().tls();
		SessionTls tls = new SessionTls(level, (channel) -> this.connector.beginTls(channel, member));
		Pipeline pipeline = new Pipeline(opening, tls);
		opening.watch((level != OpportunisticTls.OFF) ? this.connector.connectInClear(member, pipeline)
				: this.connector.connect(member, pipeline));
	}

	/**
	 * The handlers of a new channel. <em>Confined to the connection's event loop</em>.
	 */
	private final class Pipeline extends ChannelInitializer<Channel> {

		private final ConnectAttempt opening;

		private final SessionTls tls;

		Pipeline(ConnectAttempt opening, SessionTls tls) {
			this.opening = opening;
			this.tls = tls;
		}

		@Override
		protected void initChannel(Channel channel) {
			MuxConnectionFactory factory = MuxConnectionFactory.this;
			channel.pipeline()
				.addLast(new MuxFrameDecoder(factory.context.limits().maxFrameBytes(),
						MuxAnswers.budget(factory.context.limits())))
				.addLast(new MuxHandshake(factory.context, factory.connector.connectTimeout(), this.opening, this.tls));
		}

	}

}
