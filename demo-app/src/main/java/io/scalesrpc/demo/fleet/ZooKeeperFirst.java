package io.scalesrpc.demo.fleet;

import io.scalesrpc.demo.AsyncPricingClient;
import io.scalesrpc.demo.PricingClient;
import org.apache.curator.framework.CuratorFramework;

import org.springframework.boot.autoconfigure.AbstractDependsOnBeanFactoryPostProcessor;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;

/**
 * Has those connect that need ZooKeeper when there is somebody to connect to. Who comes
 * while it starts may be let in and never answered, and waits for half a minute.
 * <em>Confined to the thread that starts the application</em>.
 */
abstract class ZooKeeperFirst extends AbstractDependsOnBeanFactoryPostProcessor {

	private ZooKeeperFirst(Class<?> beans) {
		super(beans, ZooKeeper.class);
	}

	/** Spring Cloud's connection. */
	@Component
	@Profile("!shop & !fleet")
	static final class OfSpringCloud extends ZooKeeperFirst {

		OfSpringCloud() {
			super(CuratorFramework.class);
		}

	}

	/** The client of the prices, whichever interface is asked for first. */
	@Component
	@Profile("!shop & !fleet")
	static final class OfPrices extends ZooKeeperFirst {

		OfPrices() {
			super(PricingClient.class);
		}

	}

	/** The same by its other interface. */
	@Component
	@Profile("!shop & !fleet")
	static final class OfAsyncPrices extends ZooKeeperFirst {

		OfAsyncPrices() {
			super(AsyncPricingClient.class);
		}

	}

}
