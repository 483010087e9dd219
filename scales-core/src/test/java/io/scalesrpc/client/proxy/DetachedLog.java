package io.scalesrpc.client.proxy;

import java.util.List;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import org.slf4j.LoggerFactory;

/** What is logged of calls that nobody waits for. <em>Thread-safe</em>. */
public final class DetachedLog implements AutoCloseable {

	private final Logger logger = (Logger) LoggerFactory.getLogger(DetachedInvoker.class);

	private final ListAppender<ILoggingEvent> appender = new ListAppender<>();

	public DetachedLog() {
		this.appender.start();
		this.logger.addAppender(this.appender);
	}

	public List<String> lines() {
		return List.copyOf(this.appender.list).stream().map(ILoggingEvent::getFormattedMessage).toList();
	}

	@Override
	public void close() {
		this.logger.detachAppender(this.appender);
	}

}
