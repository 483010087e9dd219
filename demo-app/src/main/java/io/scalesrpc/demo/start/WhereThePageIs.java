package io.scalesrpc.demo.start;

import io.scalesrpc.demo.InOneProcess;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * The last word of a start. <em>Stateless</em>.
 */
@InOneProcess
@Component
final class WhereThePageIs {

	private static final Logger logger = LoggerFactory.getLogger(WhereThePageIs.class);

	@EventListener
	void ready(ApplicationReadyEvent event) {
		logger.info("The demo is at http://localhost:{}",
				event.getApplicationContext().getEnvironment().getProperty("local.server.port"));
	}

}
