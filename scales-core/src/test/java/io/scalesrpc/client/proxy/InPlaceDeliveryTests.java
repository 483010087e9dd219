package io.scalesrpc.client.proxy;

import java.time.Duration;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.scalesrpc.testing.FakeTime;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

import static org.assertj.core.api.Assertions.assertThat;

class InPlaceDeliveryTests {

	private final Logger logger = (Logger) LoggerFactory.getLogger(InPlaceDelivery.class);

	private final ListAppender<ILoggingEvent> log = new ListAppender<>();

	private final FakeTime time = new FakeTime();

	private final InPlaceDelivery delivery = new InPlaceDelivery("calculator", this.time);

	@BeforeEach
	void listen() {
		this.log.start();
		this.logger.addAppender(this.log);
		this.logger.setAdditive(false);
	}

	@AfterEach
	void stopListening() {
		this.logger.detachAppender(this.log);
		this.logger.setAdditive(true);
	}

	@Test
	void aSlowCallbackIsLogged() {
		this.delivery.deliver(() -> this.time.advance(Duration.ofMillis(51)));
		assertThat(this.log.list).singleElement()
			.extracting(ILoggingEvent::getFormattedMessage)
			.asString()
			.startsWith("[calculator] a callback took 51 ms on " + Thread.currentThread().getName());
	}

	@Test
	void aQuickCallbackIsNotLogged() {
		this.delivery.deliver(() -> this.time.advance(Duration.ofMillis(50)));
		assertThat(this.log.list).isEmpty();
	}

}
