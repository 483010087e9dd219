package io.scalesrpc.spring.client.start;

import java.util.Deque;
import java.util.concurrent.ConcurrentLinkedDeque;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;

/**
 * Closes the clients and what they need after every bean that may still call: executors
 * and schedulers that finish their work, and whatever is done before beans are destroyed.
 * Beans are destroyed in the reverse order of their making, and one that processes the
 * factory is made first of all. <em>Thread-safe</em>.
 */
public final class LastToClose implements BeanFactoryPostProcessor, DisposableBean {

	private static final Logger logger = LoggerFactory.getLogger(LastToClose.class);

	private final Deque<Closing> closings = new ConcurrentLinkedDeque<>();

	@Override
	public void postProcessBeanFactory(ConfigurableListableBeanFactory beans) {
	}

	/** Takes over to close something: before what was told earlier. */
	public void closes(Closing closing) {
		this.closings.addFirst(closing);
	}

	@Override
	public void destroy() {
		for (Closing closing = this.closings.poll(); closing != null; closing = this.closings.poll()) {
			try {
				closing.close();
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
			catch (Exception ex) {
				logger.warn("Scales: not everything was closed", ex);
			}
		}
	}

	/** Closes something. */
	@FunctionalInterface
	public interface Closing {

		/**
		 * Closes it.
		 * @throws Exception if it cannot be closed
		 */
		void close() throws Exception;

	}

}
